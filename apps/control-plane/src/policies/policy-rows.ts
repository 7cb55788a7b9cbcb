import type { PolicyTest } from '@portcullis/contracts';
import type { ClientBase } from 'pg';
import { lockRows } from '../change-log/lock-rows.js';
import { isRetired, noPolicy, noVersion } from './policies.refusals.js';

export interface PolicyRow {
  id: string;
  environment_id: string | null;
  live_version: number | null;
  retired_at: Date | null;
}

export interface VersionRow {
  number: number;
  name: string;
  text: string;
  tests: PolicyTest[];
  author: string;
  reviewed_by: string | null;
  reviewed_at: Date | null;
}

/** Locks the policy; refuses when there is none, or it is retired. */
export async function lockPolicy(client: ClientBase, id: string): Promise<PolicyRow> {
  const row = (await lockRows<PolicyRow>(client, 'policy', [id])).get(id);
  if (!row) throw noPolicy(id);
  if (row.retired_at !== null) throw isRetired(id);
  return row;
}

/** Versions are only added while their policy is locked. */
export async function newestVersion(client: ClientBase, id: string): Promise<VersionRow> {
  const found = await client.query<VersionRow>(
    'select * from policy_version where policy_id = $1 order by number desc limit 1',
    [id],
  );
  const [row] = found.rows;
  if (!row) throw noPolicy(id);
  return row;
}

export async function versionOf(client: ClientBase, id: string, number: number): Promise<VersionRow> {
  const found = await client.query<VersionRow>('select * from policy_version where policy_id = $1 and number = $2', [
    id,
    number,
  ]);
  const [row] = found.rows;
  if (!row) throw noVersion(id, number);
  return row;
}

type NewVersion = Pick<VersionRow, 'number' | 'name' | 'text' | 'tests' | 'author'> & {
  readonly reverts?: number;
  readonly review?: Pick<VersionRow, 'reviewed_by' | 'reviewed_at'>;
};

export async function insertVersion(client: ClientBase, id: string, version: NewVersion): Promise<void> {
  const { number, name, text, tests, author, reverts = null, review } = version;
  await client.query(
    `insert into policy_version (policy_id, number, name, text, tests, author, reverts, reviewed_by, reviewed_at)
     values ($1, $2, $3, $4, $5::jsonb, $6, $7, $8, $9)`,
    [
      id,
      number,
      name,
      text,
      JSON.stringify(tests),
      author,
      reverts,
      review?.reviewed_by ?? null,
      review?.reviewed_at ?? null,
    ],
  );
}

/**
 * Whether a second person has approved the version where that is asked for; what holds everywhere is as strict as the strictest
 * place.
 */
export async function isReviewedEnough(
  client: ClientBase,
  { environment_id: environment }: PolicyRow,
  { reviewed_by: reviewedBy }: Pick<VersionRow, 'reviewed_by'>,
): Promise<boolean> {
  if (reviewedBy !== null) return true;
  const required = await client.query(
    'select 1 from policy_review where $1::text is null or environment_id = $1 limit 1',
    [environment],
  );
  return required.rowCount === 0;
}
