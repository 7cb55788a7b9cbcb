import type { SignalName } from '@portcullis/contracts';
import type { State } from '../state.js';
import type { Call } from '../types.js';
import { signalsOf } from './held-policies.js';
import { policiesFor } from './policies-for.js';

const none: ReadonlySet<SignalName> = new Set();

/** The risk signals that the policies in scope read of this call. Costs nothing where no policy of the state reads one. */
export function signalsRead(state: State, call: Call): ReadonlySet<SignalName> {
  if (state.policies.signals.size === 0) return none;
  return new Set(policiesFor(state, call).flatMap(signalsOf));
}

/** Whether any policy of the state reads the signal, of whichever call. */
export function isSignalRead({ policies }: State, name: SignalName): boolean {
  return policies.signals.has(name);
}
