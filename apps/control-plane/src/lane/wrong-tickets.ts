const windowMs = 60_000;
const allowed = 20;
const remembered = 10_000;

/** Wrong tickets by address. Only those count, so a flood of guesses never costs a person with a good ticket their stop. */
export class WrongTickets {
  readonly #seen = new Map<string, { count: number; since: number }>();

  isOver(address: string, now: number): boolean {
    const entry = this.#seen.get(address);
    return entry !== undefined && now - entry.since < windowMs && entry.count >= allowed;
  }

  add(address: string, now: number): void {
    const entry = this.#seen.get(address);
    if (entry && now - entry.since < windowMs) entry.count += 1;
    else {
      this.#seen.delete(address);
      this.#seen.set(address, { count: 1, since: now });
    }
    const [oldest] = this.#seen.keys();
    if (this.#seen.size > remembered && oldest !== undefined) this.#seen.delete(oldest);
  }
}
