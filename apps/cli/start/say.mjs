/** @param {string} text */
export function say(text) {
  process.stdout.write(`${text}\n`);
}

/**
 * Tells that something longer begins, and how long it took.
 * @template T
 * @param {string} what
 * @param {() => Promise<T>} act
 */
export async function step(what, act) {
  const startedAt = performance.now();
  say(`… ${what}`);
  const result = await act();
  say(`  done in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  return result;
}
