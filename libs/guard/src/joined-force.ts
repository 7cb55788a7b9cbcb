/** Forces to disk, one at a time: whoever asks while a force is under way shares the next one. */
export class SharedForce {
  readonly #force: () => Promise<void>;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  constructor(force: () => Promise<void>) {
    this.#force = force;
  }

  /** Resolves after a force that began after this call. Rejects when that one fails. */
  done(): Promise<void> {
    if (!this.#running) return (this.#running = this.#force().finally(() => (this.#running = undefined)));
    return (this.#next ??= this.#running
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        return this.done();
      }));
  }
}
