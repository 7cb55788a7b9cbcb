import type { StateKind } from '../parts/StateMark.js';

export interface QuotaStanding {
  readonly kind: StateKind;
  readonly word: string;
  /** 0 to 1, also where more was used than a limit that was lowered since. */
  readonly share: number;
}

const nearlyFrom = 0.8;

/** How far a quota is used, in a word. */
export function quotaStanding(used: number, limit: number): QuotaStanding {
  const share = limit <= 0 ? 1 : Math.min(1, used / limit);
  if (used >= limit) return { kind: 'bad', word: 'used up', share };
  if (share >= nearlyFrom) return { kind: 'caution', word: 'nearly used up', share };
  return { kind: 'ok', word: used === 0 ? 'unused' : 'within the limit', share };
}

/** The oldest of the last reports of the guards that counted: what is shown is no newer than that. Null when none has reported. */
export function oldestReport(shares: readonly { readonly reportedAt: number | null }[]): number | null {
  const known = shares.flatMap(({ reportedAt }) => reportedAt ?? []);
  return known.length === 0 ? null : Math.min(...known);
}
