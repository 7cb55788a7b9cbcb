/** One press of the button. Its id travels on every way, so that an engagement is never made twice. */
export interface Press {
  readonly engagement: string;
  readonly scope: string;
  readonly target: string;
  readonly reason: string;
}

export interface Accepted {
  readonly kind: 'accepted';
  readonly by: string;
  readonly revision: number;
  readonly tookMs: number;
}

export interface Attempt {
  readonly by: string;
  /** Why this way did not accept, in a few words. */
  readonly failure: string;
}

export interface NotStopped {
  readonly kind: 'not-stopped';
  readonly attempts: readonly Attempt[];
}

/** A way to the control plane: resolves with the revision when it accepted, rejects when it did not. */
export interface Way {
  readonly name: string;
  readonly engage: (press: Press) => Promise<number>;
}

const nextWayAfterMs = 1_000;

/**
 * Tries the ways in order; the next one starts when the one before failed or has not answered within a second. The first
 * acceptance wins. Says `not-stopped` only when every way has failed.
 */
export async function engage(press: Press, ways: readonly Way[]): Promise<Accepted | NotStopped> {
  const startedAt = performance.now();
  const attempts: Attempt[] = [];
  const runs: Promise<Accepted>[] = [];
  for (const way of ways) {
    const run = way.engage(press).then(
      (revision): Accepted => ({ kind: 'accepted', by: way.name, revision, tookMs: performance.now() - startedAt }),
      (cause: unknown) => {
        attempts.push({ by: way.name, failure: cause instanceof Error ? cause.message : 'failed' });
        throw cause;
      },
    );
    runs.push(run);
    const early = await firstOf(run, nextWayAfterMs);
    if (early) return early;
  }
  return Promise.any(runs).catch((): NotStopped => ({ kind: 'not-stopped', attempts }));
}

/** What the run gives within the time; null when it failed or needs longer. */
async function firstOf(run: Promise<Accepted>, ms: number): Promise<Accepted | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms);
  });
  return Promise.race([run.catch(() => null), late]).finally(() => clearTimeout(timer));
}
