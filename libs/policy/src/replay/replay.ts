import { freshCall, type Asked } from '../access/fresh-call.js';
import { decide } from '../decide.js';
import { asEnforced } from '../observed.js';
import type { State } from '../state.js';
import type { Decision } from '../types.js';

/** What a change does to one call. */
export type ReplayChange = 'newly-allowed' | 'newly-held' | 'newly-denied';

/** A call as it is decided before and after a change; `change` is absent where the outcome is the same. */
export interface Replayed {
  readonly change: ReplayChange | undefined;
  readonly before: Decision;
  readonly after: Decision;
}

const named = { allow: 'newly-allowed', hold: 'newly-held', deny: 'newly-denied' } as const;

/**
 * Asks about a call in two states, as the agent would make it now: with a token issued now, at a guard within its lease, with
 * nothing used of any quota, and as if nothing were observed. The same function decides as in a guard. Pure, never throws.
 */
export function replay(before: State, after: State, asked: Asked): Replayed {
  const [then, now] = [before, after].map((state) => decide(asEnforced(state), freshCall(state, asked))) as [
    Decision,
    Decision,
  ];
  return { change: then.outcome === now.outcome ? undefined : named[now.outcome], before: then, after: now };
}
