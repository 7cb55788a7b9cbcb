const keepMs = 130_000;

/** Nonces that were taken, for at least as long as a hello could be repeated. */
export class Nonces {
  #current = new Set<string>();
  #previous = new Set<string>();
  #turnedAt = performance.now();

  /** True the first time, false ever after. */
  take(nonce: string, now = performance.now()): boolean {
    if (now - this.#turnedAt > keepMs) {
      this.#previous = now - this.#turnedAt > 2 * keepMs ? new Set() : this.#current;
      this.#current = new Set();
      this.#turnedAt = now;
    }
    if (this.#current.has(nonce) || this.#previous.has(nonce)) return false;
    this.#current.add(nonce);
    return true;
  }
}
