import type { Clock } from '../clock.js';

const mostWaiting = 64;

/** Calls that wait for a share: until the next answer to a report, or their own deadline. */
export class ShareWait {
  readonly #clock: Clock;
  readonly #waiting = new Set<() => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get isFull(): boolean {
    return this.#waiting.size >= mostWaiting;
  }

  /** Resolves with the next answer, and at `deadline` (monotonic) without one. */
  async next(deadline: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const go = () => void (this.#waiting.delete(go), stop(), resolve());
      const stop = this.#clock.after(Math.max(0, deadline - this.#clock.monotonic()), go);
      this.#waiting.add(go);
    });
  }

  answered(): void {
    for (const go of [...this.#waiting]) go();
  }
}
