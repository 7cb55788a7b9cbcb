import { grantsFor } from './grants-for.js';
import type { State } from './state.js';
import type { Call } from './types.js';

/** Whether a grant that names the tool for this caller wants nothing but hashes of its calls to be kept, allowed or not. */
export function keepsDigestOnly(state: State, call: Call): boolean {
  return grantsFor(state, call).some(({ obligations }) =>
    obligations.toFulfil.some((one) => one.kind === 'audit' && one.level === 'digest'),
  );
}
