import type { Pool } from 'pg';
import { groupBy } from '../database/group-by.js';
import type { ToolDefinition } from './tool.model.js';

interface DefinitionRow extends Omit<ToolDefinition, 'said'> {
  readonly tool: string;
  readonly definition: string | null;
}

/** Everything that was said of the tools of these servers, by the tool's id; the newest first. */
export async function definitionsOf(pool: Pool, servers: readonly string[]): Promise<Map<string, ToolDefinition[]>> {
  const { rows } = await pool.query<DefinitionRow>(
    `select d.server_id || '/' || d.name as tool, d.hash, d.definition, d.accepted_at as "acceptedAt", d.accepted_by as "acceptedBy",
       d.withdrawn_at as "withdrawnAt", d.withdrawn_by as "withdrawnBy", d.first_observed_at as "firstObservedAt",
       d.last_observed_at as "lastObservedAt",
       array(select a.guard_id from announced_tool a join guard g on g.id = a.guard_id and g.evicted_at is null
         where a.server_id = d.server_id and a.name = d.name and a.hash = d.hash order by a.guard_id) as "announcedBy"
     from tool_definition d where d.server_id = any($1) order by d.first_observed_at desc, d.hash`,
    [servers],
  );
  const definitions = rows.map(({ definition, ...row }) => ({ ...row, said: saidBy(definition) }));
  return groupBy(definitions, ({ tool }) => tool);
}

function saidBy(definition: string | null): unknown {
  return definition === null ? null : JSON.parse(definition);
}

/** What is announced of each tool now, by server and name: where guards differ, what is not accepted. */
export async function announcedDefinitions(pool: Pool): Promise<Map<string, ReadonlyMap<string, string>>> {
  const { rows } = await pool.query<{ server: string; name: string; hash: string }>(
    `select distinct on (a.server_id, a.name) a.server_id as server, a.name, a.hash from announced_tool a
     join guard g on g.id = a.guard_id and g.evicted_at is null
     left join tool_definition d on d.server_id = a.server_id and d.name = a.name and d.hash = a.hash
     order by a.server_id, a.name, d.accepted_at is not null, a.announced_at desc`,
  );
  const byServer = groupBy(rows, ({ server }) => server);
  return new Map(
    [...byServer].map(([server, tools]) => [server, new Map(tools.map(({ name, hash }) => [name, hash]))]),
  );
}
