import type { GuardPartsFragment } from '../gql/graphql.js';
import type { StateKind } from '../parts/StateMark.js';

export interface Health {
  readonly kind: StateKind;
  readonly word: string;
  /** Worst first when sorted upwards. */
  readonly rank: number;
}

type Guard = Pick<GuardPartsFragment, 'connected' | 'leaseUntil' | 'posture' | 'heldRevision' | 'inFlight'>;

/** One guard in words, from what it last reported and what its lease says now. */
export function guardHealth(guard: Guard, now: number): Health {
  if (guard.leaseUntil === null) return { kind: 'off', word: 'enrolled, no lease yet', rank: 2 };
  if (guard.leaseUntil <= now) return { kind: 'closed', word: 'closed by lease expiry', rank: 0 };
  if (guard.posture === 'stale' || guard.posture === 'severed')
    return { kind: 'caution', word: guard.posture, rank: 1 };
  if (!guard.connected) return { kind: 'caution', word: 'feed not connected', rank: 1 };
  return { kind: 'ok', word: 'fresh', rank: 4 };
}

/** The worst of a server's guards: the one an administrator needs to hear about. */
export function serverHealth(guards: readonly Guard[], now: number): Health {
  const worst = guards.map((guard) => guardHealth(guard, now)).toSorted((a, b) => a.rank - b.rank)[0];
  return worst ?? { kind: 'off', word: 'no guard yet', rank: 3 };
}

/** The lowest revision any guard holds; null when none has said. */
export function lowestHeld(guards: readonly Guard[]): number | null {
  const held = guards.flatMap((guard) => (guard.heldRevision === null ? [] : [guard.heldRevision]));
  return held.length === 0 ? null : Math.min(...held);
}

/** Seconds until the last lease ends, never below zero; null without a lease. */
export function leaseSecondsLeft(guards: readonly Guard[], now: number): number | null {
  const ends = guards.flatMap((guard) => (guard.leaseUntil === null ? [] : [guard.leaseUntil]));
  return ends.length === 0 ? null : Math.max(0, Math.ceil((Math.max(...ends) - now) / 1000));
}
