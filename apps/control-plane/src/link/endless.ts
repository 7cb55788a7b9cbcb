/** A subscription that never yields: graphql-ws keeps it until the guard completes it or goes; delivery happens elsewhere. */
export function endless(onEnd: () => void): AsyncIterableIterator<never> & { throw(): Promise<IteratorResult<never>> } {
  let end: (() => void) | undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  let isOver = false;
  const finish = async (): Promise<IteratorResult<never>> => {
    if (!isOver) {
      isOver = true;
      onEnd();
      end?.();
    }
    return { done: true, value: undefined };
  };
  return {
    next: async () => {
      await ended;
      return { done: true, value: undefined };
    },
    return: finish,
    throw: finish,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
