import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { ConvergenceQueries } from './convergence.queries.js';
import type { Convergence } from './convergence.model.js';

const whilePendingMs = 50;
const whileDoneMs = 250;

@Injectable()
export class LiveConvergence implements OnApplicationShutdown {
  private readonly ending = new AbortController();

  constructor(private readonly queries: ConvergenceQueries) {}

  onApplicationShutdown(): void {
    this.ending.abort();
  }

  /** A revision until every line is applied or closed; without one, the head for as long as somebody watches. */
  async *watch(revision: number | null): AsyncGenerator<Convergence> {
    let last = '';
    while (!this.ending.signal.aborted) {
      const seen = await this.queries.of(revision ?? (await this.queries.head()));
      const mark = changeMark(seen);
      if (mark !== last) yield seen;
      last = mark;
      if (revision !== null && seen.pending === 0) return;
      await delay(seen.pending > 0 ? whilePendingMs : whileDoneMs, undefined, { signal: this.ending.signal }).catch(
        () => undefined,
      );
    }
  }
}

/** What counts as news: the time left is not, everybody can count it down. */
function changeMark({ revision, lines }: Convergence): string {
  return JSON.stringify([revision, lines.map(({ guard, boot, state, appliedMs }) => [guard, boot, state, appliedMs])]);
}
