import { definitionText, type GuardEvent } from '@portcullis/contracts';
import { definitionHash } from '@portcullis/contracts/signed';
import type pg from 'pg';
import type { ReportedEvent } from './project-decisions.js';
import { projectDefinitions, type KeptTool } from './project-definitions.js';
import { storable } from './read-events.js';

type Catalogued = Extract<GuardEvent, { type: 'catalogue' }>['tools'][number];

/** What jsonb cannot hold: the zero byte and half a surrogate pair, as JSON writes them. */
const notStorable = /\\u0000|\\ud[89a-f]/i;
const hashForm = /^[A-Za-z0-9_-]{43}$/;

/** What a server announces now, or a part of it. With the last part, what is not announced any more is taken out. */
export async function projectCatalogue(
  client: pg.ClientBase,
  { guard, server, event }: ReportedEvent<'catalogue'>,
): Promise<void> {
  const tools = [...new Map(event.tools.map((tool) => [storable(tool.name), keptTool(tool)])).values()];
  const catalogue = storable(event.part?.of ?? event.id);
  await projectDefinitions(client, { guard, server, catalogue }, tools);
  await client.query(
    `insert into observed_tool (server_id, name, description, input_schema, definition_hash, observed_at)
     select $1, t.name, t.description, t.input_schema::jsonb, t.hash, clock_timestamp()
     from unnest($2::text[], $3::text[], $4::text[], $5::text[]) as t(name, description, input_schema, hash) order by t.name
     on conflict (server_id, name) do update set description = excluded.description, input_schema = excluded.input_schema,
       definition_hash = excluded.definition_hash, observed_at = excluded.observed_at`,
    [
      server,
      tools.map(({ name }) => name),
      tools.map(({ description }) => storable(description)),
      tools.map(({ inputSchema }) => schemaText(inputSchema)),
      tools.map(({ hash }) => hash),
    ],
  );
  if (event.part?.isLast === false) return;
  await client.query(`delete from announced_tool where guard_id = $1 and catalogue <> $2`, [guard, catalogue]);
  await client.query(
    `delete from observed_tool o where server_id = $1
       and not exists (select 1 from announced_tool a where a.guard_id = $2 and a.name = o.name)`,
    [server, guard],
  );
}

/** The hash is made here, of what was told; a guard's own word counts only for what was too long to tell. */
function keptTool(tool: Catalogued): KeptTool {
  const { description, inputSchema } = tool;
  const name = storable(tool.name);
  const hash = tool.isCut === true ? tool.hash : definitionHash(tool);
  if (hash === undefined || !hashForm.test(hash)) return { name, hash: '', definition: null, description, inputSchema };
  const definition = tool.isCut === true ? null : definitionText(tool);
  return { name, hash, definition, description, inputSchema };
}

function schemaText(schema: unknown): string | null {
  const text = schema === undefined ? undefined : JSON.stringify(schema);
  return text === undefined || notStorable.test(text) ? null : text;
}
