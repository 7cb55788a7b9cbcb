/** One read for everybody who asks while it has not begun, and never two at a time. */
export class SharedRead {
  #reading: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  constructor(private readonly read: () => Promise<void>) {}

  /** Resolves after a read that began after this call. */
  refresh(): Promise<void> {
    if (this.#reading === undefined) return this.#start();
    this.#next ??= this.#reading
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        return this.#start();
      });
    return this.#next;
  }

  #start(): Promise<void> {
    this.#reading = this.read().finally(() => (this.#reading = undefined));
    return this.#reading;
  }
}
