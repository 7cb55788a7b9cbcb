import pg from 'pg';
import type { Log } from '../platform/log.js';
import { Refusal } from '../platform/refusal.js';
import { commitGroup, type Committed, type GroupTerms } from './group-commit.js';
import type { ReportedEvent } from './project-decisions.js';
import type { VerifiedReport } from './read-report.js';

const largestGroup = 256;
const longestQueue = 20_000;

interface Waiting {
  readonly verified: VerifiedReport;
  readonly resolve: (committed: Committed) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * One writer for all reports: what arrived while a transaction was under way shares the next one. It never notifies: that
 * would serialise every commit of the installation.
 */
export class ReportIntake {
  #waiting: Waiting[] = [];
  #isWriting = false;

  constructor(
    private readonly pool: pg.Pool,
    private readonly terms: GroupTerms,
    private readonly onEvents: (events: readonly ReportedEvent[]) => void,
    private readonly log: Log,
  ) {}

  /** Resolves once the report is durable. */
  submit(verified: VerifiedReport): Promise<Committed> {
    if (this.#waiting.length >= longestQueue)
      return Promise.reject(new Refusal('unavailable', 'too many reports wait; report again'));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ verified, resolve, reject });
      if (!this.#isWriting) void this.#write();
    });
  }

  async #write(): Promise<void> {
    this.#isWriting = true;
    // Reports that arrive in this turn of the loop share the first transaction.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) await this.#commit(this.#takeGroup());
    this.#isWriting = false;
  }

  /** At most one report of each boot: the second must see what the first left. */
  #takeGroup(): Waiting[] {
    const group: Waiting[] = [];
    const later: Waiting[] = [];
    const boots = new Set<string>();
    for (const waiting of this.#waiting) {
      const boot = `${waiting.verified.guard.id} ${waiting.verified.report.boot}`;
      if (group.length < largestGroup && !boots.has(boot)) group.push(waiting);
      else later.push(waiting);
      boots.add(boot);
    }
    this.#waiting = later;
    return group;
  }

  async #commit(group: readonly Waiting[]): Promise<void> {
    try {
      await this.#commitTogether(group);
    } catch (error) {
      // One report that the database cannot take must not cost the others their lease.
      if (group.length > 1 && error instanceof pg.DatabaseError)
        for (const waiting of group) await this.#commit([waiting]);
      else this.#fail(group, error);
    }
  }

  async #commitTogether(group: readonly Waiting[]): Promise<void> {
    const client = await this.pool.connect();
    let failure: Error | undefined;
    try {
      const { answers, events, unreadable } = await commitGroup(
        client,
        group.map((waiting) => waiting.verified),
        this.terms,
      );
      if (unreadable > 0) this.log.warn({ unreadable }, 'events of an unknown form were stored unread');
      for (const { verified, resolve, reject } of group) {
        const answer = answers.get(verified);
        if (answer instanceof Refusal || answer === undefined) reject(answer ?? new Error('a report was not answered'));
        else resolve(answer);
      }
      this.onEvents(events);
    } catch (error) {
      await client.query('rollback').catch((broken: Error) => (failure = broken));
      throw error;
    } finally {
      client.release(failure);
    }
  }

  #fail(group: readonly Waiting[], error: unknown): void {
    this.log.error({ err: error, reports: group.length }, 'reports could not be written');
    for (const waiting of group)
      waiting.reject(new Refusal('unavailable', 'the report could not be written; report again'));
  }
}
