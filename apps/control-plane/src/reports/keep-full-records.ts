import { setTimeout as later } from 'node:timers/promises';
import type pg from 'pg';
import { seal } from '../keys/seal.js';
import type { Log } from '../platform/log.js';
import { storable } from './read-events.js';
import type { VerifiedReport } from './read-report.js';

/** Reports whose records are written at a time; those of the others come again with a later report. */
const mostAtOnce = 2;
/** The answer renews a lease: it does not wait longer than this. */
const withinMs = 500;

/** What the seal of a side is bound to, so that none can be read in the place of another. */
export function fullRecordName(guard: string, decision: string, side: string): string {
  return `full record ${guard} ${decision} ${side}`;
}

/**
 * Keeps full records apart from the transaction that renews leases: they are large, and a guard keeps its own until it hears that
 * they are durable here. So whoever comes while others are written, or when a write fails, just hears nothing.
 */
export class FullRecordKeeper {
  #writing = 0;

  constructor(
    private readonly pool: pg.Pool,
    private readonly kek: Buffer,
    private readonly log: Log,
  ) {}

  /** Whether every record of the report is durable by now; `false` where it has none. */
  async keep(verified: VerifiedReport): Promise<boolean> {
    if (!verified.report.records?.length || this.#writing >= mostAtOnce) return false;
    return Promise.race([this.#written(verified), later(withinMs, false, { ref: false })]);
  }

  async #written(verified: VerifiedReport): Promise<boolean> {
    this.#writing += 1;
    try {
      await this.#write(verified);
      return true;
    } catch (error) {
      this.log.error({ err: error, guard: verified.guard.id }, 'full records could not be written');
      return false;
    } finally {
      this.#writing -= 1;
    }
  }

  async #write({ guard, report: { records = [] } }: VerifiedReport): Promise<void> {
    const rows = records.map(({ decision, side, bytes, hash, text }) => ({
      ...{ decision: storable(decision), side, bytes, hash: storable(hash) },
      sealed:
        text === null ? null : seal(this.kek, fullRecordName(guard.id, decision, side), Buffer.from(text, 'base64')),
    }));
    await this.pool.query(
      `insert into full_record (guard_id, decision_id, side, bytes, hash, sealed)
       select $1, * from unnest($2::text[], $3::text[], $4::integer[], $5::text[], $6::bytea[]) on conflict do nothing`,
      [
        guard.id,
        rows.map(({ decision }) => decision),
        rows.map(({ side }) => side),
        rows.map(({ bytes }) => bytes),
        rows.map(({ hash }) => hash),
        rows.map(({ sealed }) => sealed),
      ],
    );
  }
}
