const windowSeconds = 60;
/** The running second and those of the window before it. */
const slots = windowSeconds + 1;
/** Agents whose calls are counted at most; the rate of one more is not known, which denies where a policy reads it. */
export const mostAgents = 10_000;

interface Counted {
  /** The second, of control time, that was counted last. */
  second: number;
  total: number;
  readonly bySecond: Uint32Array;
}

/**
 * How many calls of each agent were decided in the running second of control time and the 60 before it. A call costs one step and what
 * time has passed since the last one of its agent; an agent that rests for a minute is forgotten.
 */
export class RecentCalls {
  /** The agent that called longest ago stands first. */
  readonly #byAgent = new Map<string, Counted>();

  get size(): number {
    return this.#byAgent.size;
  }

  /** The calls that were counted; `undefined` when there is no room to count this agent's. `now` is control time in milliseconds. */
  of(agent: string, now: number): number | undefined {
    const counted = this.#byAgent.get(agent);
    if (counted) return passed(counted, secondOf(now)).total;
    this.#forgetResting(secondOf(now));
    return this.#byAgent.size < mostAgents ? 0 : undefined;
  }

  /** Counts a call that was decided. */
  count(agent: string, now: number): void {
    const second = secondOf(now);
    this.#forgetResting(second);
    const known = this.#byAgent.get(agent);
    if (!known && this.#byAgent.size >= mostAgents) return;
    const counted = known ? passed(known, second) : { second, total: 0, bySecond: new Uint32Array(slots) };
    counted.total += 1;
    counted.bySecond[counted.second % slots] = (counted.bySecond[counted.second % slots] ?? 0) + 1;
    this.#byAgent.delete(agent);
    this.#byAgent.set(agent, counted);
  }

  /** Nobody reads it any more. */
  clear(): void {
    if (this.#byAgent.size > 0) this.#byAgent.clear();
  }

  #forgetResting(second: number): void {
    for (const [agent, counted] of this.#byAgent) {
      if (counted.second + windowSeconds >= second) return;
      this.#byAgent.delete(agent);
    }
  }
}

const secondOf = (now: number): number => Math.floor(now / 1000);

/** Drops what has left the window. Time that seems to go back stands still. */
function passed(counted: Counted, second: number): Counted {
  const steps = Math.min(second - counted.second, slots);
  for (let step = 1; step <= steps; step += 1) {
    const slot = (counted.second + step) % slots;
    counted.total -= counted.bySecond[slot] ?? 0;
    counted.bySecond[slot] = 0;
  }
  if (steps > 0) counted.second = second;
  return counted;
}
