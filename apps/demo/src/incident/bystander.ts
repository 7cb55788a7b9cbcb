import { setTimeout as after } from 'node:timers/promises';
import type { Agent } from './agent.js';
import { verdictOf } from './attempt.js';

/** Another agent that goes on with its own work meanwhile: what a stop of `cs-prod` must not touch. */
export class Bystander {
  reads = 0;
  failures = 0;

  constructor(private readonly agent: Agent) {}

  async work({ everyMs, signal }: { readonly everyMs: number; readonly signal: AbortSignal }): Promise<void> {
    while (!signal.aborted) {
      const isRead = await this.agent.call('read_ticket', { ticket: 'T-1003' }).then(
        (result) => verdictOf(result).outcome === 'allow',
        () => false,
      );
      if (isRead) this.reads += 1;
      else this.failures += 1;
      await after(everyMs, undefined, { signal }).catch(() => undefined);
    }
    await this.agent.close();
  }
}
