/** A field that is loaded when it is asked for, once for the whole set of objects beside it. */
export type Later<T> = T | Promise<T>;

/** Runs `load` at the first call and gives the same promise ever after. */
export function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => (loaded ??= load());
}
