import type { Pool } from 'pg';
import { liveCredentialsSql, type LiveCredential } from '../credentials/live-credentials.js';
import { areFailuresTooManySql, failureValues } from './failed-clients.js';

/** What is on record about a client that is about to prove itself from an address. */
export interface ClientRecord {
  readonly areFailuresTooMany: boolean;
  readonly credentials: readonly LiveCredential[];
}

const statement = `select ${areFailuresTooManySql(2)} as "areFailuresTooMany", ${liveCredentialsSql('$1')} as credentials`;

/** One statement for both, and the same one whether the agent exists or not. */
export async function clientRecordOf(pool: Pool, agent: string, address: string): Promise<ClientRecord> {
  const values = [agent, ...failureValues(agent, address)];
  const { rows } = await pool.query<ClientRecord>({ name: 'client-record', text: statement, values });
  return rows[0] ?? { areFailuresTooMany: true, credentials: [] };
}
