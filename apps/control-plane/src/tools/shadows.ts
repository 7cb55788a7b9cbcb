import { toolId } from '@portcullis/contracts';
import type { Pool } from 'pg';
import { groupBy } from '../database/group-by.js';
import { nameSkeleton } from './name-skeleton.js';

interface NamedTool {
  readonly server: string;
  readonly environment: string;
  readonly name: string;
}

/** By the id of each tool, registered or announced, those at other servers of its environment that it can be taken for. */
export async function shadowsOf(pool: Pool): Promise<Map<string, string[]>> {
  const { rows } = await pool.query<NamedTool>(
    `select t.server_id as server, s.environment_id as environment, t.name from (
       select server_id, name from tool union select server_id, name from observed_tool) t
     join server s on s.id = t.server_id order by t.server_id, t.name`,
  );
  const alike = groupBy(rows, ({ environment, name }) => `${environment} ${nameSkeleton(name)}`);
  const shadows = new Map<string, string[]>();
  for (const group of alike.values())
    for (const { server, name } of group) {
      const others = group.filter((other) => other.server !== server);
      if (others.length > 0)
        shadows.set(
          toolId(server, name),
          others.map((other) => toolId(other.server, other.name)),
        );
    }
  return shadows;
}
