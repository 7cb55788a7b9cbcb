import type { Posture } from '@portcullis/contracts';

/** The largest stale allowance a grant can have, after which nothing is left that may be decided. */
export const staleLimitMs = 60_000;

/** What posture follows from. */
export interface Standing {
  /** Milliseconds past the lease's end; negative within it; `undefined`: no lease in this boot, or it was voided. */
  readonly overMs: number | undefined;
  /** A slice was received and applied in this boot. */
  readonly hasState: boolean;
  /** Control time is known. */
  readonly hasTime: boolean;
  /** The control plane has refused this guard: closed until it is started anew. */
  readonly isCut: boolean;
}

export interface PostureNow {
  readonly posture: Posture;
  /** Seconds since the lease ended; 0 while fresh. */
  readonly staleSeconds: number;
}

const severed: PostureNow = { posture: 'severed', staleSeconds: Number.POSITIVE_INFINITY };
const fresh: PostureNow = { posture: 'fresh', staleSeconds: 0 };

/** `fresh` within the lease, `stale` past it, `severed` past every allowance or while anything needed to decide is missing. */
export function postureOf({ overMs, hasState, hasTime, isCut }: Standing): PostureNow {
  if (isCut || !hasState || !hasTime || overMs === undefined || overMs >= staleLimitMs) return severed;
  return overMs < 0 ? fresh : { posture: 'stale', staleSeconds: overMs / 1000 };
}
