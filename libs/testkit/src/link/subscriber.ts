/** One subscription: frames go in at one side and wait until the socket takes them. */
export class Subscriber implements AsyncIterableIterator<{ readonly feed: string }> {
  readonly #waiting: string[] = [];
  #take: ((result: IteratorResult<{ readonly feed: string }>) => void) | undefined;
  #isOver = false;

  constructor(private readonly onEnd: (subscriber: Subscriber) => void) {}

  push(frame: string): void {
    if (this.#isOver) return;
    const take = this.#take;
    this.#take = undefined;
    if (take) take({ done: false, value: { feed: frame } });
    else this.#waiting.push(frame);
  }

  next(): Promise<IteratorResult<{ readonly feed: string }>> {
    const frame = this.#waiting.shift();
    if (frame !== undefined) return Promise.resolve({ done: false, value: { feed: frame } });
    if (this.#isOver) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => (this.#take = resolve));
  }

  return(): Promise<IteratorResult<{ readonly feed: string }>> {
    this.#isOver = true;
    this.#take?.({ done: true, value: undefined });
    this.onEnd(this);
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
