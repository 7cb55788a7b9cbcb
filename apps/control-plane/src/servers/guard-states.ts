import type { Posture } from '@portcullis/contracts';
import type { Pool } from 'pg';
import type { GuardState } from './guard-state.model.js';

interface GuardRow extends GuardState {
  readonly server: string;
  readonly held: string | null;
  readonly reported: Posture | null;
  readonly pastLeaseSeconds: number | null;
}

/** Past every allowance a guard can have been given (P-A3). */
const severedAfterSeconds = 60;

/** The newest life of every guard of these servers, by server. */
export async function guardStatesOf(
  pool: Pool,
  servers: readonly string[],
): Promise<(GuardState & { readonly server: string })[]> {
  const found = await pool.query<GuardRow>(
    `select distinct on (g.id) g.server_id as server, g.id as guard, coalesce(b.boot::text, '') as boot, g.enrolled_at as "enrolledAt",
       b.last_report_at as "lastReportAt", b.held_revision as held, b.posture as reported, coalesce(b.in_flight, 0) as "inFlight",
       b.lease_until as "leaseUntil", coalesce(b.connected, false) as connected, coalesce(b.loss_known, false) as "lossKnown",
       extract(epoch from now() - b.lease_until)::float8 as "pastLeaseSeconds"
     from guard g left join guard_boot b on b.guard_id = g.id
     where g.server_id = any($1) and g.evicted_at is null order by g.id, b.last_report_at desc nulls last`,
    [servers],
  );
  return found.rows.map((row) => ({
    ...row,
    heldRevision: row.held === null ? null : Number(row.held),
    posture: postureNow(row),
  }));
}

/** A guard that stopped reporting is past its lease whatever it said last. */
function postureNow({ reported, pastLeaseSeconds }: GuardRow): Posture | null {
  if (pastLeaseSeconds === null || pastLeaseSeconds <= 0) return reported;
  return pastLeaseSeconds > severedAfterSeconds ? 'severed' : 'stale';
}
