import { generationSchema, type Generation } from '@portcullis/contracts';
import type pg from 'pg';
import type { LogChange } from '../feed/log-object.js';

/** Where a reader stands in the change log. */
export interface LogPosition {
  readonly generation: string;
  readonly head: number;
}

/** What one consistent read of the log found. */
export interface LogReading {
  readonly generation: Generation;
  readonly head: number;
  /** Database time in milliseconds. */
  readonly controlTime: number;
  readonly evicted: ReadonlySet<string>;
  /** Revisions after the position that was asked for, in order, each with its changes. */
  readonly revisions: ReadonlyMap<number, readonly LogChange[]>;
}

interface StandingRow {
  revision: string;
  number: number;
  id: string;
  now: string;
  evicted: string[] | null;
}
interface ChangeRow {
  kind: string;
  object_id: string;
  revision: string;
  value: string | null;
}

const standing = `select revision, generation as number, generation_id as id, floor(extract(epoch from clock_timestamp()) * 1000)::text as now,
  (select array_agg(g.id) from guard g where g.evicted_at is not null) as evicted from change_counter`;

/**
 * Reads counter and rows in one repeatable-read transaction, in one round trip: a number is never seen without its rows, nor
 * rows without their number (B4, D1).
 */
export async function readSince(client: Pick<pg.ClientBase, 'query'>, since: number): Promise<LogReading> {
  const results = (await client.query(
    `begin isolation level repeatable read read only; ${standing};
     select kind, object_id, revision, value from change_history where revision > ${Math.trunc(since)} order by revision, ordinal; commit`,
  )) as unknown as [unknown, pg.QueryResult<StandingRow>, pg.QueryResult<ChangeRow>];
  const row = results[1].rows[0];
  if (row === undefined) throw new Error('this database holds no change log');
  const head = Number(row.revision);
  return {
    generation: generationSchema.parse({ number: row.number, id: row.id }),
    head,
    controlTime: Number(row.now),
    evicted: new Set(row.evicted ?? []),
    revisions: groupByRevision(results[2].rows.map(changeOf), since, head),
  };
}

/** The live objects as of `at`, an earlier revision of the same generation. */
export async function readAsOf(client: Pick<pg.ClientBase, 'query'>, at: number): Promise<LogChange[]> {
  const found = await client.query<ChangeRow>(
    `select kind, object_id, revision, value from change_latest where revision <= $1 and value is not null
     union all
     select * from (
       select distinct on (h.kind, h.object_id) h.kind, h.object_id, h.revision, h.value
       from change_history h join change_latest l on l.kind = h.kind and l.object_id = h.object_id and l.revision > $1
       where h.revision <= $1 order by h.kind, h.object_id, h.revision desc, h.ordinal desc
     ) earlier where value is not null`,
    [at],
  );
  return found.rows.map(changeOf);
}

function changeOf(row: ChangeRow): LogChange {
  return { kind: row.kind, id: row.object_id, revision: Number(row.revision), value: row.value };
}

function groupByRevision(changes: readonly LogChange[], since: number, head: number): Map<number, LogChange[]> {
  const revisions = new Map<number, LogChange[]>();
  for (let revision = since + 1; revision <= head; revision++) revisions.set(revision, []);
  for (const change of changes) revisions.get(change.revision)?.push(change);
  return revisions;
}
