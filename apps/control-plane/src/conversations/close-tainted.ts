import type { Pool } from 'pg';
import { runCommand } from '../change-log/command.js';
import type { CommandLimits } from '../change-log/limits.js';
import { lockRows } from '../change-log/lock-rows.js';
import { closedValue, type ConversationRow } from './closed-value.js';

const isTainted = `v.status = 'open' and not v.left_feed and v.credential_id in (select t.credential_id from credential_taint t)`;

/**
 * Closes conversations that were opened with a credential that is tainted by now, at most one revision of them (B5). Guards
 * have refused them since the taint. Says how many there were.
 */
export async function closeTainted(pool: Pool, limits: CommandLimits): Promise<number> {
  const found = await pool.query<{ id: string }>(`select v.id from conversation v where ${isTainted} limit $1`, [
    limits.maxChanges,
  ]);
  if (found.rows.length === 0) return 0;
  const { value } = await runCommand(
    pool,
    async ({ client, append }) => {
      const rows = await lockRows<ConversationRow>(
        client,
        'conversation',
        found.rows.map(({ id }) => id),
      );
      const closed = await client.query<{ id: string }>(
        `update conversation v set status = 'closed', closed_by = 'the taint of its credential', closed_at = now()
         where v.id = any($1::uuid[]) and ${isTainted} returning v.id`,
        [[...rows.keys()]],
      );
      for (const { id } of closed.rows) {
        const row = rows.get(id);
        if (row) append('conversation', id, closedValue(row));
      }
      return closed.rows.length;
    },
    { limits },
  );
  return value;
}
