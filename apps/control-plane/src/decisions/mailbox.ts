/** Hands the newest merged value to one slow or fast reader: whatever comes while it is away becomes one value. */
export class Mailbox<T> implements AsyncIterableIterator<T> {
  private waiting: T | undefined;
  private reader: ((result: IteratorResult<T>) => void) | undefined;
  private isClosed = false;

  constructor(
    private readonly merge: (earlier: T, later: T) => T,
    private readonly onClose: () => void,
  ) {}

  put(value: T): void {
    if (this.isClosed) return;
    const reader = this.reader;
    if (reader === undefined) {
      this.waiting = this.waiting === undefined ? value : this.merge(this.waiting, value);
      return;
    }
    this.reader = undefined;
    reader({ done: false, value });
  }

  next(): Promise<IteratorResult<T>> {
    if (this.isClosed) return Promise.resolve({ done: true, value: undefined });
    if (this.waiting === undefined) return new Promise((resolve) => (this.reader = resolve));
    const value = this.waiting;
    this.waiting = undefined;
    return Promise.resolve({ done: false, value });
  }

  return(): Promise<IteratorResult<T>> {
    this.isClosed = true;
    this.reader?.({ done: true, value: undefined });
    this.reader = undefined;
    this.onClose();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
