import { asRevision, type Generation, type GuardEvent, type QuotaAnswer, type Revision } from '@portcullis/contracts';
import type pg from 'pg';
import { groupBy } from '../database/group-by.js';
import { shareKeySets } from '../keys/key-set.js';
import { Refusal } from '../platform/refusal.js';
import { judgeBatch } from './judge-batch.js';
import { projectCatalogue } from './project-catalogue.js';
import { projectDecisions, projectOutcomes, type ReportedEvent } from './project-decisions.js';
import { projectGrantUses } from './project-grant-uses.js';
import { readEvents } from './read-events.js';
import type { VerifiedReport } from './read-report.js';
import { storeRecordings } from './store-recordings.js';
import { settleQuotas } from './settle-quotas.js';
import { lockBoots, writeBoots, type BootState } from './write-boots.js';

/** What a committed report is answered with. */
export interface Committed {
  readonly generation: Generation;
  readonly head: Revision;
  readonly controlTime: number;
  /** The newest key set that there was when the lease was renewed. */
  readonly keySet: number;
  readonly durable: number;
  /** To what the report told of quotas; absent when it told nothing. */
  readonly quotas: readonly QuotaAnswer[] | undefined;
}

/** What one transaction made of its reports: an answer or a refusal each, and what they told. */
export interface GroupResult {
  readonly answers: ReadonlyMap<VerifiedReport, Committed | Refusal>;
  readonly events: readonly ReportedEvent[];
  readonly unreadable: number;
}

interface Standing {
  readonly generation: Generation;
  readonly head: number;
  readonly controlTime: number;
  readonly keySet: number;
}

interface Accepted {
  readonly verified: VerifiedReport;
  readonly boot: BootState;
  readonly isNewBatch: boolean;
}

/** How long a lease is, and the key under which recorded calls are sealed. */
export interface GroupTerms {
  readonly leaseMs: number;
  readonly kek: Buffer;
}

/** Of one guard in one report. */
const mostCatalogues = 20;

/** Commits reports of different boots in one transaction. The head is read in it, so after every one of them arrived (P-A1). */
export async function commitGroup(
  client: pg.ClientBase,
  group: readonly VerifiedReport[],
  { leaseMs, kek }: GroupTerms,
): Promise<GroupResult> {
  const standing = await beginAndRead(client);
  const boots = await lockBoots(client, group);
  const answers = new Map<VerifiedReport, Committed | Refusal>();
  const accepted: Accepted[] = [];
  for (const verified of group) {
    const judged = await judge(client, verified, boots.get(verified));
    if (judged instanceof Refusal) answers.set(verified, judged);
    else accepted.push(judged);
  }
  const fresh = accepted.filter((one) => one.isNewBatch).map((one) => one.verified);
  await storeBatches(client, fresh);
  const { events, unreadable } = await project(client, fresh);
  const told = accepted.map(({ verified }) => verified);
  await storeRecordings(client, told, kek);
  const quotas = await settleQuotas(client, told, standing.controlTime);
  await writeBoots(client, accepted, standing, leaseMs);
  await client.query('commit');
  const { generation, head, controlTime, keySet } = standing;
  for (const { verified, boot, isNewBatch } of accepted)
    answers.set(verified, {
      generation,
      head: asRevision(head),
      controlTime,
      keySet,
      durable: isNewBatch ? (verified.report.batch?.number ?? 0) : boot.durable,
      quotas: quotas.get(verified),
    });
  return { answers, events, unreadable };
}

interface StandingRow {
  revision: string;
  number: number;
  id: string;
  now: string;
  keySet: number;
}

async function beginAndRead(client: pg.ClientBase): Promise<Standing> {
  const results = (await client.query(
    `begin isolation level read committed; set local statement_timeout = 2000; ${shareKeySets};
     select revision, generation as number, generation_id as id, floor(extract(epoch from clock_timestamp()) * 1000)::text as now,
       (select coalesce(max(k.number), 0) from key_set k) as "keySet" from change_counter`,
  )) as unknown as [unknown, unknown, unknown, pg.QueryResult<StandingRow>];
  const row = results[3].rows[0];
  if (!row) throw new Error('this database holds no change log');
  const { number, id, revision, now, keySet } = row;
  return { generation: { number, id }, head: Number(revision), controlTime: Number(now), keySet };
}

async function judge(
  client: pg.ClientBase,
  verified: VerifiedReport,
  boot: BootState | undefined,
): Promise<Accepted | Refusal> {
  const { guard, report } = verified;
  if (!boot) return new Refusal('guard_refused', 'this guard is not, or no longer, one of this installation');
  if (!report.batch) return { verified, boot, isNewBatch: false };
  try {
    const verdict = await judgeBatch(report.batch, { number: boot.durable, hash: boot.lastHash }, async (number) => {
      const found = await client.query<{ hash: string }>(
        `select hash from report_batch where guard_id = $1 and boot = $2 and number = $3`,
        [guard.id, report.boot, number],
      );
      return found.rows[0]?.hash;
    });
    return { verified, boot, isNewBatch: verdict === 'new' };
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

async function storeBatches(client: pg.ClientBase, fresh: readonly VerifiedReport[]): Promise<void> {
  const rows = fresh.flatMap(({ guard, report: { boot, batch }, payloadHash }) =>
    batch ? [{ guard: guard.id, boot, batch, payloadHash }] : [],
  );
  if (rows.length === 0) return;
  await client.query(
    `insert into report_batch (guard_id, boot, number, previous_hash, hash, events, signed_payload_hash)
     select * from unnest($1::text[], $2::uuid[], $3::integer[], $4::text[], $5::text[], $6::text[], $7::text[])`,
    [
      rows.map((row) => row.guard),
      rows.map((row) => row.boot),
      rows.map((row) => row.batch.number),
      rows.map((row) => row.batch.previous),
      rows.map((row) => row.batch.hash),
      rows.map((row) => JSON.stringify(row.batch.events)),
      rows.map((row) => row.payloadHash),
    ],
  );
}

async function project(
  client: pg.ClientBase,
  fresh: readonly VerifiedReport[],
): Promise<{ events: readonly ReportedEvent[]; unreadable: number }> {
  let unreadable = 0;
  const events: ReportedEvent[] = [];
  for (const { guard, report } of fresh) {
    const read = readEvents(report.batch?.events ?? []);
    unreadable += read.unreadable;
    for (const event of read.events)
      events.push({ guard: guard.id, boot: report.boot, server: guard.server, event } as ReportedEvent);
  }
  const decisions = eventsOf(events, 'decision');
  await projectDecisions(client, decisions);
  await projectGrantUses(client, decisions);
  await projectOutcomes(client, eventsOf(events, 'outcome'));
  for (const reported of cataloguesOf(events)) await projectCatalogue(client, reported);
  return { events, unreadable };
}

/** The newest of each guard, server by server, so that two transactions cannot wait for each other. */
function cataloguesOf(events: readonly ReportedEvent[]): readonly ReportedEvent<'catalogue'>[] {
  const byGuard = groupBy(eventsOf(events, 'catalogue'), ({ guard }) => guard);
  return [...byGuard.values()]
    .flatMap((catalogues) => catalogues.slice(-mostCatalogues))
    .toSorted((a, b) => (a.server < b.server ? -1 : a.server > b.server ? 1 : 0));
}

function eventsOf<T extends GuardEvent['type']>(events: readonly ReportedEvent[], type: T): ReportedEvent<T>[] {
  return events.filter((reported) => reported.event.type === type) as ReportedEvent<T>[];
}
