import type { Pool } from 'pg';

/** Where a credential was used: the address it came from, and the server its token is for. */
export interface CredentialUse {
  readonly address: string | null;
  readonly server: string | null;
}

/**
 * When a credential was last used is not a change (B5); once a second is exact enough. A row that a command holds is passed
 * over: no token waits for a command.
 */
export async function noteUse(pool: Pool, credential: string, { address, server }: CredentialUse): Promise<void> {
  await pool.query({
    name: 'note-use',
    text: `update credential set last_used_at = now(), last_used_from = $2, last_used_server = $3 where id = (
             select id from credential
             where id = $1 and (last_used_at is null or last_used_at < now() - interval '1 second') for update skip locked)`,
    values: [credential, address, server],
  });
}
