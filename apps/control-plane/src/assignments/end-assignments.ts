import type { Pool } from 'pg';
import { runCommand } from '../change-log/command.js';
import type { CommandLimits } from '../change-log/limits.js';
import { isEngagedOverSql } from './engaged-over.js';

const isOver = `a.removed_at is null and a.not_after <= now() and not ${isEngagedOverSql('a')}`;

/**
 * Removes assignments whose window is over, at most one revision of them (B5). Guards refuse by the window itself: this only
 * keeps their states small. One that an engaged kill switch covers stays (P-C3). Says how many there were.
 */
export async function endAssignments(pool: Pool, limits: CommandLimits): Promise<number> {
  const ended = await pool.query<{ id: string }>(
    `select a.id from assignment a where ${isOver} order by a.not_after limit $1`,
    [limits.maxChanges],
  );
  if (ended.rows.length === 0) return 0;
  const { value } = await runCommand(
    pool,
    async ({ client, append }) => {
      const removed = await client.query<{ id: string }>(
        `update assignment set removed_at = now() where id in (
           select a.id from assignment a where a.id = any($1) and ${isOver}
           order by a.id collate "C" for update) returning id`,
        [ended.rows.map(({ id }) => id)],
      );
      for (const { id } of removed.rows) append('assignment', id, null);
      return removed.rows.length;
    },
    { limits },
  );
  return value;
}
