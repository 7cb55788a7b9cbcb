import type { Report } from '@portcullis/contracts';
import type pg from 'pg';
import type { VerifiedReport } from './read-report.js';

/** What is known of a guard boot before this report. */
export interface BootState {
  readonly durable: number;
  readonly lastHash: string | null;
  readonly heldGeneration: string | null;
  readonly heldRevision: number | null;
}

interface BootRow {
  guard_id: string;
  boot: string;
  durable_batch: number;
  last_batch_hash: string | null;
  held_generation: string | null;
  held_revision: string | null;
}

/** Makes and locks the row of each boot, in one order. A guard that was evicted, or never was, gets none. */
export async function lockBoots(
  client: pg.ClientBase,
  group: readonly VerifiedReport[],
): Promise<Map<VerifiedReport, BootState>> {
  const found = await client.query<BootRow>(
    `insert into guard_boot (guard_id, boot)
     select r.guard, r.boot from unnest($1::text[], $2::uuid[]) as r(guard, boot) join guard g on g.id = r.guard and g.evicted_at is null order by r.guard, r.boot
     on conflict (guard_id, boot) do update set last_report_at = clock_timestamp()
     returning guard_id, boot, durable_batch, last_batch_hash, held_generation, held_revision`,
    [group.map(({ guard }) => guard.id), group.map(({ report }) => report.boot)],
  );
  const rows = new Map(found.rows.map((row) => [`${row.guard_id} ${row.boot}`, row]));
  const states = new Map<VerifiedReport, BootState>();
  for (const verified of group) {
    const row = rows.get(`${verified.guard.id} ${verified.report.boot}`);
    if (!row) continue;
    const heldRevision = row.held_revision === null ? null : Number(row.held_revision);
    states.set(verified, {
      durable: row.durable_batch,
      lastHash: row.last_batch_hash,
      heldGeneration: row.held_generation,
      heldRevision,
    });
  }
  return states;
}

interface Accepted {
  readonly verified: VerifiedReport;
  readonly boot: BootState;
  readonly isNewBatch: boolean;
}

interface Standing {
  readonly generation: { readonly id: string };
  readonly head: number;
  readonly keySet: number;
}

/** Where each boot stands now; a position is kept with the moment its guard said it had applied it. */
export async function writeBoots(
  client: pg.ClientBase,
  accepted: readonly Accepted[],
  standing: Standing,
  leaseMs: number,
): Promise<void> {
  if (accepted.length === 0) return;
  const rows = accepted.map((one) => rowOf(one, standing));
  await writePositions(
    client,
    rows.filter((row) => row.hasGrown),
  );
  await client.query(
    `update guard_boot b set last_report_at = clock_timestamp(), held_generation = r.held_generation, held_revision = r.held_revision, posture = r.posture, held_key_set = r.key_set,
       in_flight = r.in_flight, lease_until = clock_timestamp() + make_interval(secs => $11), durable_batch = r.durable, last_batch_hash = coalesce(r.hash, b.last_batch_hash),
       previous_boot = coalesce(b.previous_boot, r.previous_boot), loss_known = b.loss_known or r.is_lost
         or (r.previous_durable is not null and r.previous_durable > coalesce((select p.durable_batch from guard_boot p where p.guard_id = r.guard and p.boot::text = r.previous_boot), 0))
     from unnest($1::text[], $2::uuid[], $3::text[], $4::bigint[], $5::text[], $6::integer[], $7::integer[], $8::text[], $9::text[], $10::boolean[], $12::integer[], $13::integer[])
       as r(guard, boot, held_generation, held_revision, posture, in_flight, durable, hash, previous_boot, is_lost, previous_durable, key_set)
     where b.guard_id = r.guard and b.boot = r.boot`,
    [
      rows.map((row) => row.guard),
      rows.map((row) => row.boot),
      rows.map((row) => row.heldGeneration),
      rows.map((row) => row.heldRevision),
      rows.map((row) => row.posture),
      rows.map((row) => row.inFlight),
      rows.map((row) => row.durable),
      rows.map((row) => row.hash),
      rows.map((row) => row.previousBoot),
      rows.map((row) => row.isLost),
      leaseMs / 1000,
      rows.map((row) => row.previousDurable),
      rows.map((row) => row.keySet),
    ],
  );
}

async function writePositions(client: pg.ClientBase, grown: readonly ReturnType<typeof rowOf>[]): Promise<void> {
  if (grown.length === 0) return;
  await client.query(
    `insert into guard_position (guard_id, boot, revision, applied_at)
     select p.guard, p.boot, p.revision, clock_timestamp() from unnest($1::text[], $2::uuid[], $3::bigint[]) as p(guard, boot, revision)
     on conflict do nothing`,
    [grown.map((row) => row.guard), grown.map((row) => row.boot), grown.map((row) => row.heldRevision)],
  );
}

const mostInFlight = 2 ** 31 - 1;

function rowOf({ verified: { guard, report }, boot, isNewBatch }: Accepted, standing: Standing) {
  const held = heldBy(report, standing);
  const before = boot.heldGeneration === standing.generation.id ? boot.heldRevision : null;
  const previous = report.previousBoot;
  return {
    guard: guard.id,
    boot: report.boot,
    heldGeneration: held === null ? null : standing.generation.id,
    heldRevision: held,
    keySet: Math.min(report.keySet, standing.keySet),
    hasGrown: held !== null && held > (before ?? -1),
    posture: report.posture,
    inFlight: Math.min(report.inFlight, mostInFlight),
    durable: isNewBatch ? (report.batch?.number ?? boot.durable) : boot.durable,
    hash: isNewBatch ? (report.batch?.hash ?? null) : null,
    previousBoot: previous === null ? null : previous === 'unknown' ? 'unknown' : previous.boot,
    previousDurable: previous === null || previous === 'unknown' ? null : Math.min(previous.durable, mostInFlight),
    isLost: previous === 'unknown',
  };
}

/** What a guard says it holds counts only in this generation, and never beyond the head. */
function heldBy({ holds }: Report, { generation, head }: Standing): number | null {
  return holds !== null && holds.generation === generation.id && holds.revision <= head ? holds.revision : null;
}
