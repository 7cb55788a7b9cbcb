import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Pool } from 'pg';
import { LOG } from '../app/provided.js';
import type { Log } from '../platform/log.js';
import type { Decision, DecisionBatch } from './decision.model.js';
import { DecisionTail, type TailLook } from './decision-tail.js';
import { DecisionsQueries, type DecisionFilter } from './decisions.queries.js';
import { Mailbox } from './mailbox.js';

const everyMs = 250;
const mostInBatch = 200;
const firstMessage = 50;

interface Listener {
  readonly filter: DecisionFilter;
  readonly mailbox: Mailbox<DecisionBatch>;
}

/** One reader of the record for everybody who watches, and none while nobody does. */
@Injectable()
export class LiveDecisions implements OnApplicationShutdown {
  private readonly listeners = new Set<Listener>();
  private tail: Promise<DecisionTail> | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly pool: Pool,
    private readonly queries: DecisionsQueries,
    @Inject(LOG) private readonly log: Log,
  ) {}

  async watch(filter: DecisionFilter): Promise<AsyncIterableIterator<DecisionBatch>> {
    const listener: Listener = { filter, mailbox: new Mailbox(mergeBatches, () => this.leave(listener)) };
    // Listening begins before the newest are read: what arrives in between is told twice rather than never.
    this.listeners.add(listener);
    await this.follow();
    const newest = (await this.queries.recent(filter, firstMessage)).reverse();
    listener.mailbox.put({ decisions: newest, dropped: 0, through: newest.at(-1)?.position ?? 0 });
    return listener.mailbox;
  }

  onApplicationShutdown(): void {
    clearTimeout(this.timer);
    for (const listener of [...this.listeners]) void listener.mailbox.return();
  }

  private async follow(): Promise<void> {
    if (this.tail === undefined) {
      const tail = new DecisionTail(this.pool, Date.now);
      this.tail = tail.start().then(() => tail);
      this.tail.then(
        () => this.again(),
        () => (this.tail = undefined),
      );
    }
    await this.tail;
  }

  private leave(listener: Listener): void {
    this.listeners.delete(listener);
    if (this.listeners.size > 0) return;
    clearTimeout(this.timer);
    this.tail = undefined;
  }

  private again(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.look(), everyMs);
  }

  private async look(): Promise<void> {
    const tail = await this.tail;
    if (tail === undefined) return;
    try {
      this.tell(await tail.look());
    } catch (error) {
      this.log.warn({ err: error }, 'the record of decisions could not be read; trying again');
    }
    if (this.tail !== undefined) this.again();
  }

  private tell({ decisions, unread, through }: TailLook): void {
    if (decisions.length === 0) return;
    for (const { filter, mailbox } of this.listeners) {
      const seen = decisions.filter((decision) => isWanted(decision, filter));
      if (seen.length > 0) mailbox.put(newestOf({ decisions: seen, dropped: unread, through }));
    }
  }
}

function isWanted(decision: Decision, { agent, server }: DecisionFilter): boolean {
  return (agent == null || decision.agent === agent) && (server == null || decision.server === server);
}

function mergeBatches(earlier: DecisionBatch, later: DecisionBatch): DecisionBatch {
  const decisions = [
    ...new Map([...earlier.decisions, ...later.decisions].map((decision) => [decision.position, decision])).values(),
  ];
  return newestOf({ decisions, dropped: earlier.dropped + later.dropped, through: later.through });
}

function newestOf({ decisions, dropped, through }: DecisionBatch): DecisionBatch {
  const tooMany = Math.max(0, decisions.length - mostInBatch);
  return { decisions: decisions.slice(tooMany), dropped: dropped + tooMany, through };
}
