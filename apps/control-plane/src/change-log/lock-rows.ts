import type pg from 'pg';

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
  token_settings: 'id',
  subject_issuer: 'id',
  signing_key: 'kid',
} as const;
export type LockableTable = keyof typeof keyColumns;

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
  const found = await client.query<Row>(
    `select * from ${table} where ${key}::text = any($1::text[]) order by ${key}::text collate "C" for update`,
    [ids],
  );
  return new Map(found.rows.map((row) => [String(row[key]), row]));
}
