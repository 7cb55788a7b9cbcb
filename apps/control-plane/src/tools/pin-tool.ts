import type { ClientBase } from 'pg';

/** Which definition a tool is pinned to first, and on whose word. */
export interface FirstPin {
  readonly tool: string;
  readonly hash: string;
  readonly by: string;
}

/** Accepts a tool's first definition. The tool is locked. */
export async function pinTool(client: ClientBase, { tool, hash, by }: FirstPin): Promise<void> {
  await client.query(
    `update tool_definition d set accepted_at = clock_timestamp(), accepted_by = $3, withdrawn_at = null, withdrawn_by = null
     from tool t where t.id = $1 and d.server_id = t.server_id and d.name = t.name and d.hash = $2`,
    [tool, hash, by],
  );
  await client.query('update tool set pinned_at = clock_timestamp() where id = $1', [tool]);
}

/** What the server says of the tool now: of several guards the newest word. */
export async function announcedNow(client: ClientBase, server: string, name: string): Promise<string | undefined> {
  const { rows } = await client.query<{ hash: string }>(
    `select a.hash from announced_tool a join tool_definition d on d.server_id = a.server_id and d.name = a.name and d.hash = a.hash
     join guard g on g.id = a.guard_id and g.evicted_at is null
     where a.server_id = $1 and a.name = $2 order by a.announced_at desc, a.hash limit 1`,
    [server, name],
  );
  return rows[0]?.hash;
}
