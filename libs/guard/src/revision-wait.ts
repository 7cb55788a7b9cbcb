import type { Clock } from './clock.js';

const longestMs = 1000;
const mostWaiting = 64;

/**
 * A token may be newer than what the guard holds: whatever it was issued for is then on its way. So it waits until that revision
 * is held, but no longer than a second, and not where 64 wait already; then it is decided by what is held.
 */
export class RevisionWait {
  readonly #clock: Clock;
  readonly #waiting = new Set<{ readonly revision: number; readonly go: () => void }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get count(): number {
    return this.#waiting.size;
  }

  /** Resolves once `revision` is held, or when it has waited long enough. */
  async until(revision: number, held: number): Promise<void> {
    if (!(revision > held) || this.#waiting.size >= mostWaiting) return;
    await new Promise<void>((resolve) => {
      const entry = { revision, go: () => void (this.#waiting.delete(entry), stop(), resolve()) };
      const stop = this.#clock.after(longestMs, () => entry.go());
      this.#waiting.add(entry);
    });
  }

  /** A revision is held now. */
  reached(revision: number): void {
    for (const entry of [...this.#waiting]) if (entry.revision <= revision) entry.go();
  }
}
