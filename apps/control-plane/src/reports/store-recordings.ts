import type pg from 'pg';
import { seal } from '../keys/seal.js';
import type { VerifiedReport } from './read-report.js';
import { storable } from './read-events.js';

/** What the seal of a recording is bound to, so that none can be read in the place of another. */
export function recordingName(guard: string, decision: string): string {
  return `recording ${guard} ${decision}`;
}

/** Keeps what was asked in calls, sealed: neither a dump of the database nor a reader of it learns an argument. */
export async function storeRecordings(
  client: pg.ClientBase,
  reports: readonly VerifiedReport[],
  kek: Buffer,
): Promise<void> {
  const rows = reports.flatMap(({ guard, report: { recordings = [] } }) =>
    recordings.map(({ decision, call }) => ({
      guard: guard.id,
      decision: storable(decision),
      sealed: seal(kek, recordingName(guard.id, decision), Buffer.from(call)),
    })),
  );
  if (rows.length === 0) return;
  await client.query(
    `insert into recorded_call (guard_id, decision_id, sealed)
     select * from unnest($1::text[], $2::text[], $3::bytea[]) on conflict do nothing`,
    [rows.map(({ guard }) => guard), rows.map(({ decision }) => decision), rows.map(({ sealed }) => sealed)],
  );
}
