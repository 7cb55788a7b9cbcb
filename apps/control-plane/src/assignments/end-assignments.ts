import type { Pool } from 'pg';
import { runCommand } from '../change-log/command.js';
import type { CommandLimits } from '../change-log/limits.js';

/**
 * Removes assignments whose window is over, at most one revision of them (B5). Guards refuse by the window itself: this only
 * keeps their states small. Says how many there were.
 */
export async function endAssignments(pool: Pool, limits: CommandLimits): Promise<number> {
  const ended = await pool.query<{ id: string }>(
    `select id from assignment where removed_at is null and not_after <= now() order by not_after limit $1`,
    [limits.maxChanges],
  );
  if (ended.rows.length === 0) return 0;
  const { value } = await runCommand(
    pool,
    async ({ client, append }) => {
      const removed = await client.query<{ id: string }>(
        `update assignment set removed_at = now() where id in (
           select id from assignment where id = any($1) and removed_at is null and not_after <= now()
           order by id collate "C" for update) returning id`,
        [ended.rows.map(({ id }) => id)],
      );
      for (const { id } of removed.rows) append('assignment', id, null);
      return removed.rows.length;
    },
    { limits },
  );
  return value;
}
