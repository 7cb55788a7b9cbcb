import type { ServedLately } from './broadcast.js';

const forgetAfterMs = 5 * 60_000;
const mostAgents = 10_000;

/** Which guards decided for which agents in the last minutes, as their reports said. */
export class ServedAgents implements ServedLately {
  readonly #guards = new Map<string, Map<string, number>>();

  served(agent: string, guard: string, now = performance.now()): void {
    const guards = this.#guards.get(agent) ?? new Map<string, number>();
    guards.set(guard, now);
    // Set anew so that the agent heard of longest ago stands first and is the one to be forgotten.
    this.#guards.delete(agent);
    this.#guards.set(agent, guards);
    if (this.#guards.size <= mostAgents) return;
    const [oldest] = this.#guards.keys();
    if (oldest !== undefined) this.#guards.delete(oldest);
  }

  *guardsOf(agent: string, now = performance.now()): Iterable<string> {
    const guards = this.#guards.get(agent);
    for (const [guard, at] of guards ?? []) {
      if (now - at <= forgetAfterMs) yield guard;
      else guards?.delete(guard);
    }
  }
}
