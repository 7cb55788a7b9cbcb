import type { Pool } from 'pg';
import { runCommand } from '../change-log/command.js';
import type { CommandLimits } from '../change-log/limits.js';
import { lockRows } from '../change-log/lock-rows.js';
import { pinTool } from './pin-tool.js';
import { toolValue, type ToolRow } from './tool-value.js';

/** Each carries its schema: so many may be 1 MB. */
const mostAtOnce = 20;
const firstAnnouncement = 'first announcement';

/** The first that was announced: of those a guard announces now, if any. */
const firstOf = `select d.hash from tool_definition d where d.server_id = t.server_id and d.name = t.name
  order by exists (select 1 from announced_tool a where a.server_id = d.server_id and a.name = d.name and a.hash = d.hash) desc,
    d.first_observed_at, d.hash limit 1`;

/**
 * Pins the tools that were registered before their server announced them to the first definition it announced, at most one
 * revision of them (B5). Says how many there were.
 */
export async function pinAnnounced(pool: Pool, limits: CommandLimits): Promise<number> {
  const due = await pool.query<{ id: string }>(
    `select t.id from tool t where t.pinned_at is null and exists (${firstOf}) order by t.id limit $1`,
    [mostAtOnce],
  );
  if (due.rows.length === 0) return 0;
  const { value } = await runCommand(
    pool,
    async ({ client, append }) => {
      const ids = due.rows.map(({ id }) => id);
      const held = await lockRows<ToolRow>(client, 'tool', ids);
      const open = [...held.values()].filter((tool) => tool.pinned_at === null).map(({ id }) => id);
      const first = await client.query<{ tool: string; hash: string }>(
        `select t.id as tool, (${firstOf}) as hash from tool t where t.id = any($1) order by t.id`,
        [open],
      );
      for (const { tool, hash } of first.rows) {
        await pinTool(client, { tool, hash, by: firstAnnouncement });
        append('tool', tool, await toolValue(client, tool));
      }
      return first.rows.length;
    },
    { limits },
  );
  return value;
}
