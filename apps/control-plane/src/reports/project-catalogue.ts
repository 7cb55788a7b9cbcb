import type pg from 'pg';
import type { ReportedEvent } from './project-decisions.js';
import { storable } from './read-events.js';

/** What jsonb cannot hold: the zero byte and half a surrogate pair, as JSON writes them. */
const notStorable = /\\u0000|\\ud[89a-f]/i;

/** What a server announces now. A tool it no longer announces is taken out. */
export async function projectCatalogue(
  client: pg.ClientBase,
  { server, event }: ReportedEvent<'catalogue'>,
): Promise<void> {
  const tools = [...new Map(event.tools.map((tool) => [storable(tool.name), tool])).entries()];
  await client.query(
    `insert into observed_tool (server_id, name, description, input_schema, definition_hash, observed_at)
     select $1, t.name, t.description, t.input_schema::jsonb, t.hash, clock_timestamp()
     from unnest($2::text[], $3::text[], $4::text[], $5::text[]) as t(name, description, input_schema, hash) order by t.name
     on conflict (server_id, name) do update set description = excluded.description, input_schema = excluded.input_schema,
       definition_hash = excluded.definition_hash, observed_at = excluded.observed_at`,
    [
      server,
      tools.map(([name]) => name),
      tools.map(([, tool]) => storable(tool.description)),
      tools.map(([, tool]) => schemaText(tool.inputSchema)),
      tools.map(([, tool]) => storable(tool.hash)),
    ],
  );
  await client.query(`delete from observed_tool where server_id = $1 and name <> all($2::text[])`, [
    server,
    tools.map(([name]) => name),
  ]);
}

function schemaText(schema: unknown): string | null {
  const text = schema === undefined ? undefined : JSON.stringify(schema);
  return text === undefined || notStorable.test(text) ? null : text;
}
