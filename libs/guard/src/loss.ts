import type { Denial } from './types.js';

/** The loss of one call's right: it happens once, and whoever waits for it is told in the same turn. */
export class Loss {
  #denial: Denial | undefined;
  readonly #acts: ((denial: Denial) => void)[] = [];
  #controller: AbortController | undefined;

  get hasHappened(): boolean {
    return this.#denial !== undefined;
  }

  /** A signal costs more than the rest of a decision, and most hosts ask for none. */
  get signal(): AbortSignal {
    if (!this.#controller) {
      const controller = new AbortController();
      this.#controller = controller;
      this.on((denial) => controller.abort(denial));
    }
    return this.#controller.signal;
  }

  on(act: (denial: Denial) => void): void {
    if (this.#denial) act(this.#denial);
    else this.#acts.push(act);
  }

  happen(denial: Denial): void {
    if (this.#denial) return;
    this.#denial = denial;
    for (const act of this.#acts) told(act, denial);
  }
}

/** One that throws must not keep the next from being told, nor the next call from being stopped. */
function told(act: (denial: Denial) => void, denial: Denial): void {
  try {
    act(denial);
  } catch (error) {
    process.nextTick(() => {
      throw error;
    });
  }
}
