import type { Pool } from 'pg';
import { groupBy } from '../database/group-by.js';
import type { ToolRole } from './tool.model.js';

/** The roles by which the tools of these servers may be called now, by the tool's id. */
export async function toolRolesOf(pool: Pool, servers: readonly string[]): Promise<Map<string, ToolRole[]>> {
  const { rows } = await pool.query<ToolRole & { readonly tool: string }>(
    `select t.id as tool, g.role_id as role, s.environment_id as environment, count(distinct g.id)::int as grants, count(distinct st.agent_id)::int as agents
     from tool t join server s on s.id = t.server_id
     join grants g on g.environment_id = s.environment_id and g.revoked_at is null and (g.not_after is null or g.not_after > now())
       and (g.tool_id = t.id or g.tool_class = any(case when cardinality(t.classes) = 0 then '{destructive}' else t.classes end))
     left join assignment a on a.role_id = g.role_id and a.environment_id = g.environment_id and a.removed_at is null
       and (a.not_before is null or a.not_before <= now()) and (a.not_after is null or a.not_after > now())
     left join agent_status st on st.agent_id = a.agent_id and st.status = 'active'
     where t.server_id = any($1) group by t.id, g.role_id, s.environment_id order by t.id, g.role_id`,
    [servers],
  );
  return groupBy(rows, ({ tool }) => tool);
}
