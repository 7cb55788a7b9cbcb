import type { Held, HeldAssignment } from './check.js';
import { isWithin } from './checks/is-assigned.js';
import type { Call } from './types.js';

type Span = Pick<Held, 'clearFrom' | 'clearUntil'>;

/** No time at all. */
export const never: Span = { clearFrom: 0, clearUntil: 0 };

/** Numbers up to this one lie in an object itself; larger ones, as milliseconds are, lie elsewhere, to be read at every call. */
const largest = 2 ** 31 - 1;

/**
 * The control time around that of a call about whose caller no question says no, within which none of them can begin to: from the
 * latest beginning to the earliest end of the token, its key, its credential, its conversation and the assignment that holds
 * longest. `clearUntil` is not within it. In seconds, of which the first and the last are whole.
 */
export function spanOf(
  { claims, key = '', keys, now }: Call,
  { credential, conversation, assignments }: Pick<Held, 'credential' | 'conversation' | 'assignments'>,
): Span {
  const life = keys?.get(key);
  const longest = longestOf(assignments, now);
  const from = Math.max(credential?.notBefore ?? 0, life?.notBefore ?? -Infinity, longest?.notBefore ?? NaN);
  const until = Math.min(
    claims.exp * 1000,
    credential?.expiresAt ?? Infinity,
    conversation?.expiresAt ?? Infinity,
    life?.notAfter ?? Infinity,
    longest?.notAfter ?? NaN,
  );
  const clear = { clearFrom: Math.ceil(from / 1000), clearUntil: Math.min(Math.floor(until / 1000), largest) };
  return clear.clearFrom < clear.clearUntil ? clear : never;
}

function longestOf(assignments: Held['assignments'], now: number): HeldAssignment | undefined {
  let longest: HeldAssignment | undefined;
  for (const one of assignments) if (isWithin(one, now) && (!longest || one.notAfter > longest.notAfter)) longest = one;
  return longest;
}
