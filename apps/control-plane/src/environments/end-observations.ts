import type { Pool } from 'pg';
import { runCommand } from '../change-log/command.js';
import type { CommandLimits } from '../change-log/limits.js';
import { lockRows } from '../change-log/lock-rows.js';

/**
 * Ends observations whose time is over, at most one revision of them (B5). Guards enforce by that time themselves: this only
 * says so to everybody else. Says how many there were.
 */
export async function endObservations(pool: Pool, limits: CommandLimits): Promise<number> {
  const over = await pool.query<{ environment: string }>(
    `select environment_id as environment from observation where ended_at is null and observe_until <= now() limit $1`,
    [limits.maxChanges],
  );
  if (over.rows.length === 0) return 0;
  const { value } = await runCommand(
    pool,
    async ({ client, append }) => {
      const environments = over.rows.map(({ environment }) => environment);
      await lockRows(client, 'environment', environments);
      const ended = await client.query<{ environment: string }>(
        `update observation set ended_at = observe_until
         where environment_id = any($1) and ended_at is null and observe_until <= now() returning environment_id as environment`,
        [environments],
      );
      for (const { environment } of ended.rows) append('environment', environment, null);
      return ended.rows.length;
    },
    { limits },
  );
  return value;
}
