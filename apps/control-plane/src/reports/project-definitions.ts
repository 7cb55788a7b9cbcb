import type pg from 'pg';

/** One tool of a catalogue as it is kept. `definition` is the text that was hashed; null when it was too long to be told. */
export interface KeptTool {
  readonly name: string;
  readonly hash: string;
  readonly definition: string | null;
  readonly description: string | null;
  readonly inputSchema: unknown;
}

/** Of each tool, beside those that are accepted: a server that says something else each time must not fill the database. */
const mostKept = 50;

/** Whose catalogue it is. */
export interface CatalogueOf {
  readonly guard: string;
  readonly server: string;
  readonly catalogue: string;
}

/** Keeps every definition that was ever announced, and which of them this guard announces now. */
export async function projectDefinitions(
  client: pg.ClientBase,
  { guard, server, catalogue }: CatalogueOf,
  tools: readonly KeptTool[],
): Promise<void> {
  const known = tools.filter(({ hash }) => hash !== '');
  const names = known.map(({ name }) => name);
  const hashes = known.map(({ hash }) => hash);
  await client.query(
    `insert into tool_definition (server_id, name, hash, definition, first_observed_at, first_guard_id, last_observed_at, last_guard_id)
     select $1, t.name, t.hash, t.definition, clock_timestamp(), $2, clock_timestamp(), $2
     from unnest($3::text[], $4::text[], $5::text[]) as t(name, hash, definition) order by t.name
     on conflict (server_id, name, hash) do update set last_observed_at = excluded.last_observed_at, last_guard_id = excluded.last_guard_id,
       definition = coalesce(tool_definition.definition, excluded.definition)`,
    [server, guard, names, hashes, known.map(({ definition }) => definition)],
  );
  await client.query(
    `insert into announced_tool (guard_id, name, server_id, hash, catalogue, announced_at)
     select $1, t.name, $2, t.hash, $3, clock_timestamp() from unnest($4::text[], $5::text[]) as t(name, hash) order by t.name
     on conflict (guard_id, name) do update set server_id = excluded.server_id, hash = excluded.hash, catalogue = excluded.catalogue,
       announced_at = excluded.announced_at`,
    [guard, server, catalogue, names, hashes],
  );
  await client.query(
    `delete from tool_definition d using (
       select name, hash, row_number() over (partition by name order by last_observed_at desc, hash) as place from tool_definition
       where server_id = $1 and name = any($2) and accepted_at is null) o
     where d.server_id = $1 and d.name = o.name and d.hash = o.hash and d.accepted_at is null and o.place > $3
       and not exists (select 1 from announced_tool a where a.server_id = $1 and a.name = d.name and a.hash = d.hash)`,
    [server, names, mostKept],
  );
}
