import type { Pool } from 'pg';
import { runCommand } from '../change-log/command.js';
import type { CommandLimits } from '../change-log/limits.js';
import { lockRows } from '../change-log/lock-rows.js';
import { credentialValue, type CredentialRow } from './credential-row.js';

const over = `c.stage = 'retiring' and c.retires_at <= now()
  and not exists (select 1 from credential_revocation r where r.credential_id = c.id)
  and not exists (select 1 from credential_taint t where t.credential_id = c.id)`;

/** Revokes credentials whose overlap is over, at most one revision of them (B5); guards have refused them since. */
export async function endOverlaps(pool: Pool, limits: CommandLimits): Promise<number> {
  const ended = await pool.query<{ id: string }>(
    `select c.id from credential c where ${over} order by c.retires_at limit $1`,
    [limits.maxChanges],
  );
  if (ended.rows.length === 0) return 0;
  const { value } = await runCommand(
    pool,
    async ({ client, append }) => {
      const rows = await lockRows<CredentialRow>(
        client,
        'credential',
        ended.rows.map(({ id }) => id),
      );
      const revoked = await client.query<{ id: string }>(
        `insert into credential_revocation (credential_id, revoked_by)
         select c.id, 'the end of its overlap' from credential c where c.id = any($1) and ${over} returning credential_id as id`,
        [[...rows.keys()]],
      );
      for (const { id } of revoked.rows) {
        const row = rows.get(id);
        if (row) append('credential', id, credentialValue(row, 'revoked'));
      }
      return revoked.rows.length;
    },
    { limits },
  );
  return value;
}
