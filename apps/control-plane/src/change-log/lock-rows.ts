import type pg from 'pg';
import { isUuid } from '../database/is-uuid.js';

/** Tables whose rows stand for objects of the change log, with the column that names the object. */
const keyColumns = {
  environment: 'id',
  role: 'id',
  server: 'id',
  tool: 'id',
  agent: 'id',
  agent_status: 'agent_id',
  credential: 'id',
  assignment: 'id',
  grants: 'id',
  engagement: 'id',
  agent_host: 'agent_id',
  rotation_policy: 'agent_id',
  conversation: 'id',
  directory: 'id',
  token_settings: 'id',
  subject_issuer: 'id',
  signing_key: 'kid',
  policy: 'id',
} as const;
export type LockableTable = keyof typeof keyColumns;

const byUuid: ReadonlySet<LockableTable> = new Set(['engagement', 'conversation']);

/**
 * Locks rows before anything reads them (P-B1), always in the order of their ids, so that two commands cannot wait for each
 * other. A row that does not exist is missing from the answer.
 */
export async function lockRows<Row extends pg.QueryResultRow>(
  client: pg.ClientBase,
  table: LockableTable,
  ids: readonly string[],
): Promise<Map<string, Row>> {
  const key = keyColumns[table];
  const [column, type] = byUuid.has(table) ? [key, 'uuid'] : [`${key}::text`, 'text'];
  const found = await client.query<Row>(
    `select * from ${table} where ${column} = any($1::${type}[]) order by ${key}::text collate "C" for update`,
    [type === 'uuid' ? ids.filter(isUuid) : ids],
  );
  return new Map(found.rows.map((row) => [String(row[key]), row]));
}
