import type pg from 'pg';
import type { SigningKeyState } from './signing-key.js';

export interface TokenKeyRow {
  readonly kid: string;
  readonly state: SigningKeyState;
}

/**
 * Locks the token keys, newest first, withdrawn ones included. The advisory lock comes first: a key in the making has no row
 * yet that could be locked.
 */
export async function lockTokenKeys(client: pg.ClientBase): Promise<readonly TokenKeyRow[]> {
  await client.query(`select pg_advisory_xact_lock(hashtext('portcullis-token-keys'))`);
  await client.query(`select 1 from signing_key where purpose = 'token' order by kid collate "C" for update`);
  const found = await client.query<TokenKeyRow>(
    `select kid, state from signing_key where purpose = 'token' order by created_at desc, kid`,
  );
  return found.rows;
}

export async function moveTokenKey(client: pg.ClientBase, kid: string, state: SigningKeyState): Promise<void> {
  await client.query(
    `update signing_key set state = $2, state_since = clock_timestamp(),
       sealed_private_key = case when $2 = 'withdrawn' then null else sealed_private_key end where kid = $1`,
    [kid, state],
  );
}
