import type { Attempt } from './attempt.js';

/** What became of the attempts together. `stoppedByRevision` is the first revision a kill switch was cited with. */
export interface Summary {
  readonly attempted: number;
  readonly allowed: number;
  readonly refused: Readonly<Record<string, number>>;
  readonly aborted: number;
  readonly stoppedByRevision: number | null;
}

export function summarise(attempts: readonly Attempt[]): Summary {
  const refused: Record<string, number> = {};
  for (const { outcome, reason } of attempts) {
    if (outcome === 'allow' || outcome === 'aborted') continue;
    const cause = reason ?? 'unknown';
    refused[cause] = (refused[cause] ?? 0) + 1;
  }
  const stops = attempts.flatMap(({ reason, revision }) =>
    reason === 'kill_switch' && revision !== null ? [revision] : [],
  );
  return {
    attempted: attempts.length,
    allowed: attempts.filter(({ outcome }) => outcome === 'allow').length,
    refused,
    aborted: attempts.filter(({ outcome }) => outcome === 'aborted').length,
    stoppedByRevision: stops.length === 0 ? null : Math.min(...stops),
  };
}
