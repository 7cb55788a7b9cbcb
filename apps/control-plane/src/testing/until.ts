/** Waits until `look` gives something, and says in its failure what was awaited. */
export async function until<T>(
  awaited: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  withinMs = 5000,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`waited ${withinMs} ms in vain for: ${awaited}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
