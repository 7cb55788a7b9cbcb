import { compose, emptyDelta, xor, type Delta } from './delta.js';

/** The newest differences of one slice. A position at or after `base` is served by composing them; an older one is not. */
export class SliceRing {
  readonly #steps: { readonly revision: number; readonly delta: Delta }[] = [];
  #base: number;

  constructor(
    base: number,
    private readonly depth: number,
  ) {
    this.#base = base;
  }

  push(revision: number, delta: Delta): void {
    this.#steps.push({ revision, delta });
    if (this.#steps.length > this.depth) this.#base = this.#steps.shift()?.revision ?? this.#base;
  }

  /** The difference from the view at `from` to the newest view; `undefined` when that view is no longer known. */
  since(from: number): Delta | undefined {
    return from < this.#base ? undefined : this.#after(from).reduce(compose, emptyDelta);
  }

  /** What all steps after `from` did to the digest together. */
  maskSince(from: number): Buffer | undefined {
    return from < this.#base
      ? undefined
      : this.#after(from).reduce((mask, delta) => xor(mask, delta.mask), emptyDelta.mask);
  }

  #after(from: number): Delta[] {
    let first = this.#steps.length;
    while (first > 0 && (this.#steps[first - 1]?.revision ?? 0) > from) first--;
    return this.#steps.slice(first).map((step) => step.delta);
  }
}
