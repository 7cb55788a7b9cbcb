import type { FeedValue } from '@portcullis/contracts';
import type { ClientBase } from 'pg';

/** A row of `tool`, as it was locked. */
export interface ToolRow {
  readonly id: string;
  readonly server_id: string;
  readonly name: string;
  readonly classes: string[];
  readonly pinned_at: Date | null;
}

/** What guards are told about a tool: its row as it is now, with the definitions that are accepted now. */
export async function toolValue(client: ClientBase, id: string): Promise<FeedValue<'tool'>> {
  const found = await client.query<ToolRow>('select * from tool where id = $1', [id]);
  const [tool] = found.rows;
  if (tool === undefined) throw new Error(`the tool ${id} went while it was locked`);
  const { server_id: server, name, classes } = tool;
  if (tool.pinned_at === null) return { server, name, classes };
  const accepted = await client.query<{ hash: string; definition: string | null }>(
    `select hash, definition from tool_definition where server_id = $1 and name = $2 and accepted_at is not null order by accepted_at, hash`,
    [server, name],
  );
  const definitions = accepted.rows.map(({ hash, definition }) => ({ hash, inputSchema: inputSchemaOf(definition) }));
  return { server, name, classes, definitions };
}

/** Of a definition that was too long to be told nobody knows the schema: `false` takes no arguments. */
function inputSchemaOf(definition: string | null): unknown {
  if (definition === null) return false;
  return (JSON.parse(definition) as { inputSchema?: unknown }).inputSchema ?? {};
}
