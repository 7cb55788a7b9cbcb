import type { Held, HeldAssignment } from './check.js';
import { isWithin } from './checks/is-assigned.js';
import type { Call } from './types.js';

/**
 * The control time around that of a call about whose caller no question says no, within which none of them can begin to: from the
 * latest beginning to the earliest end of the token, its key, its credential, its conversation and the assignment that holds
 * longest. `until` is not within it.
 */
export function spanOf(
  { claims, key = '', keys, now }: Call,
  { credential, conversation, assignments }: Pick<Held, 'credential' | 'conversation' | 'assignments'>,
): Pick<Held, 'clearFrom' | 'clearUntil'> {
  const life = keys?.get(key);
  const longest = longestOf(assignments, now);
  return {
    clearFrom: Math.max(credential?.notBefore ?? 0, life?.notBefore ?? -Infinity, longest?.notBefore ?? NaN),
    clearUntil: Math.min(
      claims.exp * 1000,
      credential?.expiresAt ?? Infinity,
      conversation?.expiresAt ?? Infinity,
      life?.notAfter ?? Infinity,
      longest?.notAfter ?? NaN,
    ),
  };
}

function longestOf(assignments: Held['assignments'], now: number): HeldAssignment | undefined {
  let longest: HeldAssignment | undefined;
  for (const one of assignments) if (isWithin(one, now) && (!longest || one.notAfter > longest.notAfter)) longest = one;
  return longest;
}
