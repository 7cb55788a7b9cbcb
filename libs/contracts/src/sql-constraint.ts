import { z } from 'zod';

/** The most UTF-16 units of SQL that are read: what takes the parser no longer than 50 ms, however it is written. */
export const sqlTextLimit = 10_000;
const most = 100;
const mostRows = 100_000;

const statement = z.enum(['select', 'insert', 'update', 'delete', 'merge'], {
  error: 'use select, insert, update, delete or merge; nothing else can be allowed',
});
const name = '[\\p{L}_][\\p{L}\\p{N}_$]{0,62}';
const nameAdvice = 'as the database keeps it (lower case, unless it was made in quotes)';
const schemaName = z.string().regex(new RegExp(`^${name}$`, 'u'), `write the name of a schema ${nameAdvice}`);
const isOwn = (schema: string) => /^pg_(temp|toast)/.test(schema);
const table = z
  .string()
  .regex(
    new RegExp(`^${name}\\.(${name}|\\*)$`, 'u'),
    `write a table with its schema, such as public.tickets, or public.* for all of a schema, ${nameAdvice}`,
  )
  .refine((value) => !isOwn(value), 'what belongs to one session cannot be listed');
const column = z
  .string()
  .regex(new RegExp(`^${name}$`, 'u'), `write the name of a column ${nameAdvice}; leave the table out to allow all`);
const listOf = <Entry extends z.ZodType>(entry: Entry, upTo = most) =>
  z
    .array(entry)
    .min(1, 'name at least one')
    .max(upTo, `name at most ${upTo}`)
    .refine((entries) => new Set(entries).size === entries.length, 'one of them stands there twice');

/** What runs SQL of its own, reaches files or other servers, or changes what it is called on without a statement saying so. */
const harmful =
  /^(pg_catalog\.)?(pg_|lo_|lo(read|write)$|dblink|(query|table|schema|database|cursor)_to_xml|set_config$|setval$|nextval$|ts_stat$|ts_rewrite$|plpgsql_|binary_upgrade|current_setting$|txid_)/;
const functionName = z
  .string()
  .regex(
    new RegExp(`^(${name}\\.)?${name}$`, 'u'),
    `write the name of a function ${nameAdvice}, with its schema unless it is one of PostgreSQL's own`,
  )
  .refine(
    (value) => !harmful.test(value),
    'this function runs SQL, reaches outside or changes something by itself; a grant cannot allow it',
  );

interface Tables {
  readonly statements: readonly string[];
  readonly tables: readonly string[];
}

const reading = ['update', 'delete', 'merge'];
const readsToo = ({ statements }: Tables) =>
  statements.includes('select') || !statements.some((kind) => reading.includes(kind));
function keyProblem(key: string, { tables }: Tables): string | undefined {
  if (key.endsWith('.*')) return 'columns are listed table by table';
  const isListed = tables.includes(key) || tables.includes(`${key.split('.')[0] ?? ''}.*`);
  if (!isListed) return 'this table is not among the tables';
  return table.safeParse(key).success ? undefined : 'write a table with its schema, such as public.tickets';
}

/**
 * A text that is exactly one SQL statement of PostgreSQL, with a path of the given form.
 *
 * - `statements` — the kinds it may hold, in WITH and in MERGE as well. Nothing but these five can be allowed. `update`, `delete` and
 *   `merge` need `select`, as they read what they change; so do RETURNING and ON CONFLICT with a target. FOR UPDATE and its like need `update`.
 * - `tables` — what it may name: `schema.table`, or `schema.*`, as the database keeps the names.
 * - `columns` — by table, the only columns it may name. A table that is not in here is open. For the others `*`, whole rows, NATURAL,
 *   renamed columns, an INSERT without columns, and a column that could be of several tables and is not listed for each, are refused.
 * - `functions` — what it may call besides the plain ones (count, lower, date_trunc …); `schema.function`, or the name alone for PostgreSQL's own.
 * - `maxRows` — it ends in LIMIT with a number of at most this; INSERT … RETURNING may give as many VALUES, other RETURNING is refused.
 * - `everyRow` — UPDATE and DELETE may go without a WHERE that names a column. Default: they may not.
 * - `defaultSchema` — where a table without a schema is. Default: public.
 *
 * It judges the text and not the database. So the role the tool signs in with must not put a schema before `defaultSchema` in its
 * search_path (the default `"$user", public` is fine without a schema of that name) nor own temporary tables of the same names, must leave
 * `standard_conforming_strings` on, and carries the time limit: a query that is allowed may still be slow. Triggers, views and rules do what they
 * were made to do, and without `columns` a name after a table's may also be a function of its row. Give the role no more rights than the grants.
 */
export const sqlConstraint = <Path extends z.ZodType<string>>(path: Path) =>
  z
    .strictObject({
      kind: z.literal('sql'),
      path,
      statements: listOf(statement),
      tables: listOf(table),
      columns: z
        .record(z.string(), listOf(column), { error: 'write the columns by table' })
        .refine((tables) => Object.keys(tables).length > 0, 'name at least one table, or leave columns out')
        .refine((tables) => Object.keys(tables).length <= most, `name at most ${most} tables`)
        .optional(),
      functions: listOf(functionName).optional(),
      maxRows: z
        .int({ error: `use a whole number from 1 to ${mostRows}` })
        .min(1, `use a whole number from 1 to ${mostRows}`)
        .max(mostRows, `use a whole number from 1 to ${mostRows}`)
        .optional(),
      everyRow: z.boolean({ error: 'use true or false' }).optional(),
      defaultSchema: schemaName
        .refine((schema) => !isOwn(schema), 'what belongs to one session cannot be listed')
        .optional(),
    })
    .refine(readsToo, {
      message: 'update, delete and merge read the rows they change; name select as well',
      path: ['statements'],
    })
    .superRefine((limit, context) => {
      for (const key of Object.keys(limit.columns ?? {})) {
        const message = keyProblem(key, limit);
        if (message !== undefined) context.addIssue({ code: 'custom', path: ['columns', key], message });
      }
    });
