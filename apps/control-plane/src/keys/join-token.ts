import { createHash, randomBytes } from 'node:crypto';
import { formatJoinToken } from '@portcullis/contracts';
import type pg from 'pg';
import { Refusal } from '../platform/refusal.js';
import { rootHash } from './key-set.js';

export interface JoinTokenInput {
  readonly server: string;
  readonly createdBy: string;
  readonly expiresInSeconds: number;
}

/** What stands in the database instead of the secret. */
export function joinSecretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** Inside a command: makes a join token for one guard of a server. The text is shown once and never stored. */
export async function createJoinToken(
  client: pg.ClientBase,
  input: JoinTokenInput,
): Promise<{ joinToken: string; expiresAt: number }> {
  const server = await client.query(`select 1 from server where id = $1 for share`, [input.server]);
  if (server.rowCount === 0)
    throw new Refusal('not_found', `there is no server ${input.server}`, { server: input.server });
  const id = randomBytes(12).toString('base64url');
  const secret = randomBytes(32).toString('base64url');
  const stored = await client.query<{ expires_at: Date }>(
    `insert into join_token (id, server_id, secret_hash, created_by, expires_at)
     values ($1, $2, $3, $4, now() + make_interval(secs => $5)) returning expires_at`,
    [id, input.server, joinSecretHash(secret), input.createdBy, input.expiresInSeconds],
  );
  const expiresAt = stored.rows[0]?.expires_at.getTime() ?? 0;
  return { joinToken: formatJoinToken({ id, secret, rootHash: await rootHash(client) }), expiresAt };
}
