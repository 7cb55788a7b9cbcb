import { describe, expect, test } from 'vitest';
import { loadEngines } from '../../engines/index.js';
import { askedWith } from './asked.fixture.js';

const engines = await loadEngines();
const tables = ['public.tickets', 'public.notes', 'crm.*'];
const columns = { 'public.tickets': ['id', 'status'] };
const every = ['select', 'insert', 'update', 'delete', 'merge'];
const writing = { statements: every, tables, columns };
const everyRow = { ...writing, everyRow: true };
const reading = { statements: ['select'], tables, columns };
const tenRows = { ...writing, maxRows: 10 };
const inCrm = { statements: ['select'], tables, defaultSchema: 'crm' };

const said = (limit: object, text: string) => askedWith({ kind: 'sql', path: 'sql', ...limit }, engines)({ sql: text });

/** Everywhere a statement can name a table, a column, a function, an operator or a number of rows. */
const allowed = [
  ...[
    "insert into tickets (id, status) values (1, 'a')",
    'insert into notes values (1)',
    'insert into tickets default values',
    'insert into tickets (id) values (1) on conflict (id) do nothing',
    'insert into tickets (id) values (1) on conflict ((id + 1)) do nothing',
    'insert into notes (id) values (1) on conflict on constraint one do nothing',
    'insert into tickets (id) values (1) on conflict (id) do update set status = excluded.status where tickets.id > 1',
    'insert into tickets (id) values (1) on conflict do nothing',
    'insert into tickets (id) select id from notes',
    'insert into tickets (id) values (1) returning id, status',
    'update tickets set status = 1 where id = 2',
    'update tickets set status = n.id from notes n where n.id = tickets.id',
    'update tickets set status = 1 where id = 2 returning old.status, new.id',
    'update tickets set status = 1 where id = 2 returning with (old as o) o.id',
    'delete from tickets using notes n where n.id = tickets.id',
    'merge into tickets t using notes n on t.id = n.id when matched then update set status = n.text',
    'merge into tickets t using notes n on t.id = n.id when matched then do nothing',
    'merge into tickets t using notes n on true when matched then do nothing',
    'merge into tickets t using notes n on true when matched and n.id = 1 then delete',
    'merge into tickets t using notes n on true when not matched then insert (id) values (1)',
    'merge into tickets t using notes n on t.id = n.id when not matched then insert (id) values (n.id)',
    'merge into notes t using notes n on t.id = n.id when not matched then insert values (n.id)',
    'select id from tickets for update',
  ].map((text) => [writing, text] as const),
  ...['merge into tickets t using notes n on true when matched then delete', 'update tickets set status = 1'].map(
    (text) => [everyRow, text] as const,
  ),
  ...[
    'select id as secret from tickets order by secret',
    'select id as secret from tickets order by secret desc nulls last',
    'select distinct on (secret) id as secret from tickets',
    'select distinct id from tickets',
    'select id from tickets union select status from tickets',
    'select n.* from tickets t, notes n',
    'select n.id from tickets t, notes n where n.anything = t.id',
    'select 1 where exists (select * from notes) and 1 in (select id from tickets)',
    'select id from tickets t where exists (select * from notes n where n.id = t.id)',
    'select public.tickets.id from public.tickets',
    'select id from tickets t join notes n using (id)',
    'select j.id from (tickets t join notes n on true) as j',
    'select j.id from tickets t join notes n using (id) as j',
    'select n.id from notes m natural join notes n',
    'select q.id from (select id from tickets) q',
    'select q.x from (select id as x from tickets) q',
    'select q.x from tickets t, lateral (select t.id as x) q',
    'with q as (select id from tickets) select q.anything from q',
    'with q as (select 1) select q.id from crm.q',
    'with b as (select 1), a as (select * from b) select * from a',
    "select a between 1 and 2, a not between symmetric 1 and 2, a like 'x', a is distinct from 1, a in (1, 2) from notes",
    'select a operator(pg_catalog.+) 1 from notes',
    'select 1 = any (select id from tickets)',
    'select a from notes order by a using <',
    "select pg_catalog.lower('A'), lower('B')",
    "select '1'::int, cast('1' as pg_catalog.text), '1'::numeric(10, 2), '{1}'::int[]",
    'select a[1], (array[1, 2])[1:2] from notes',
    'select current_date, current_timestamp, localtime',
    'values (1), (2)',
  ].map((text) => [reading, text] as const),
  ...[
    'select id from tickets limit 10',
    'select id from tickets limit 0',
    'select id from tickets fetch first 10 rows only',
    'insert into tickets (id) values (1), (2), (3)',
    'insert into notes (id) values (1),(2),(3),(4),(5),(6),(7),(8),(9),(10) returning id',
    'insert into notes default values returning id',
    'insert into notes (id) select id from tickets',
    'delete from tickets where id = 1',
  ].map((text) => [tenRows, text] as const),
  ...['select * from people'].map((text) => [inCrm, text] as const),
];

/** In each a column that is not listed would be read or written. */
const hidden = [
  ...[
    "insert into tickets (id, secret) values (1, 'a')",
    'insert into tickets (id) values (1) on conflict (secret) do nothing',
    'insert into tickets (id) values (1) on conflict ((secret + 1)) do nothing',
    'insert into tickets (id) values (1) on conflict (id) where secret > 1 do nothing',
    'insert into tickets (id) values (1) on conflict (id) do update set status = excluded.secret',
    'insert into tickets (id) values (1) on conflict (id) do update set secret = 1',
    'insert into tickets (id) values (1) on conflict (id) do update set status = 1 where tickets.secret > 1',
    'insert into tickets as t (id) values (1) on conflict (id) do update set status = t.secret',
    'insert into tickets (id) select secret from tickets',
    'insert into tickets (id) values (1) returning secret',
    'update tickets set secret = 1 where id = 2',
    'update tickets set status = secret where id = 2',
    'update tickets set status = 1 where secret = 2',
    'update tickets set status = 1 where id = 2 returning old.secret',
    'update tickets set status = 1 where id = 2 returning with (old as o) o.secret',
    'delete from tickets where secret = 1',
    'merge into tickets t using notes n on t.id = n.id when matched then update set secret = n.text',
    'merge into tickets t using notes n on t.secret = n.id when matched then delete',
    'merge into tickets t using notes n on t.id = n.id when matched and t.secret > 1 then delete',
    'merge into tickets t using notes n on t.id = n.id when not matched then insert (secret) values (n.id)',
    'merge into tickets t using (select secret from tickets) n on t.id = 1 when matched then do nothing',
    'merge into tickets t using notes n on t.id = n.id when matched then delete returning t.secret',
  ].map((text) => [writing, text] as const),
  ...[
    'select id from tickets order by secret',
    'select id as secret from tickets order by secret using operator(pg_catalog.<)',
    'select id as secret from tickets order by tickets.secret',
    'select id as secret from tickets order by secret + 1',
    'select distinct on (secret) id from tickets',
    'select distinct secret from tickets',
    'select id from tickets group by secret',
    'select count(*) from tickets having max(secret) > 1',
    'select id from tickets window w as (order by secret)',
    'select id from tickets limit (select secret from tickets)',
    'select id from tickets offset (select secret from tickets)',
    'select id from tickets where secret > 1',
    'select id from tickets union select secret from tickets',
    'select secret from tickets union select id from tickets',
    'select id from tickets t where exists (select * from notes n where n.id = t.secret)',
    'select j.secret from (tickets t join notes n on true) as j',
    'select j.secret from tickets t join notes n using (id) as j',
    'select t.id from tickets t join notes n on t.secret = n.id',
    'select q.secret from (select secret from tickets) q',
    'select q.x from tickets t, lateral (select t.secret as x) q',
    'values ((select secret from tickets))',
  ].map((text) => [reading, text] as const),
];

const refused: readonly (readonly [object, string, string])[] = [
  [writing, 'insert into tickets values (1)', 'inserts into every column of public.tickets'],
  [
    writing,
    'insert into tickets (id) values (1) on conflict on constraint one do nothing',
    'names a constraint, whose columns are not known',
  ],
  [writing, 'insert into tickets (id) values (1) returning *', 'names every column of public.tickets'],
  [
    writing,
    'update tickets set status = 1 from users n where n.id = tickets.id',
    'reads public.users, which is not listed',
  ],
  [
    writing,
    'update tickets set status = 1 from (select * from users) n where n.id = tickets.id',
    'reads public.users, which is not listed',
  ],
  [writing, 'delete from tickets using users u where u.id = tickets.id', 'reads public.users, which is not listed'],
  [
    writing,
    'merge into tickets t using notes n on true when matched then update set status = 1',
    'changes every row: nothing in ON or WHEN names a column',
  ],
  [
    writing,
    'merge into tickets t using notes n on t.id = n.id when not matched then insert values (n.id)',
    'inserts into every column of public.tickets',
  ],
  [
    writing,
    'merge into tickets t using notes n on t.id = n.id when not matched then insert (id) values ((select id from users))',
    'reads public.users, which is not listed',
  ],
  [
    writing,
    'merge into tickets t using users n on t.id = n.id when matched then do nothing',
    'reads public.users, which is not listed',
  ],
  [reading, 'select t.* from tickets t', 'names every column of public.tickets'],
  [reading, 'select id from tickets t where exists (select t.* from notes n)', 'names every column of public.tickets'],
  [reading, 'select (tickets).id from tickets', 'takes a part of a value with a dot, which may call a function'],
  [reading, 'select x.id from notes', 'names x, which is nothing that is read here'],
  [
    reading,
    'select id from tickets t join notes n using (secret)',
    'joins by secret of public.tickets, which is not listed',
  ],
  [reading, 'select t.id from tickets t join users n on t.id = n.id', 'reads public.users, which is not listed'],
  [reading, 'select t.id from tickets t natural join notes n', 'joins by NATURAL, which names no columns'],
  [reading, 'select q.x from tickets t, (select t.id as x) q', 'names t, which is nothing that is read here'],
  [
    reading,
    'select q.x from tickets t, generate_series(1, t.secret) q(x)',
    'calls generate_series, which is not a listed function',
  ],
  [reading, 'with q as (select 1) select * from public.q', 'reads public.q, which is not listed'],
  [reading, 'with a as (select * from b), b as (select 1) select * from a', 'reads public.b, which is not listed'],
  [
    reading,
    'with tickets as (select 1) delete from tickets where id = 1',
    'deletes from public.tickets, which is not allowed',
  ],
  [reading, 'select * from tickets tablesample system (1)', 'uses TABLESAMPLE, which is never allowed'],
  [reading, "select * from xmltable('/a' passing b columns c int)", 'uses XMLTABLE, which is never allowed'],
  [reading, 'select a operator(crm.~) 1 from notes', 'uses the operator crm.~, which is not a plain one'],
  [reading, 'select 1 operator(public.=) any (select 1)', 'uses the operator public.=, which is not a plain one'],
  [
    reading,
    'select a from notes order by a using operator(crm.<)',
    'uses the operator crm.<, which is not a plain one',
  ],
  [reading, "select a.pg_catalog.lower('A')", 'calls a.pg_catalog.lower, which is not a listed function'],
  [reading, "select '1'::crm.money", 'casts to crm.money, which is not a plain type'],
  [reading, "select '1'::notes.id%type", 'casts to notes.id, which is not a plain type'],
  [reading, 'select (a).b from notes', 'takes a part of a value with a dot, which may call a function'],
  [reading, 'select (a)[1].b from notes', 'takes a part of a value with a dot, which may call a function'],
  [reading, 'select session_user', 'asks for SESSION_USER, which is not allowed'],
  [reading, 'select current_schema', 'asks for CURRENT_SCHEMA, which is not allowed'],
  [reading, 'select id from tickets for share', 'locks rows with FOR, which needs update'],
  [tenRows, 'select id from tickets limit all', 'has no LIMIT with a number; at most 10 rows are allowed'],
  [tenRows, 'select id from tickets limit 5 + 5', 'has no LIMIT with a number; at most 10 rows are allowed'],
  [tenRows, "select id from tickets limit '5'", 'has no LIMIT with a number; at most 10 rows are allowed'],
  [
    tenRows,
    'insert into notes (id) values (1),(2),(3),(4),(5),(6),(7),(8),(9),(10),(11) returning id',
    'returns rows without end; at most 10 are allowed',
  ],
  [
    tenRows,
    'insert into notes (id) select id from tickets returning id',
    'returns rows without end; at most 10 are allowed',
  ],
  [
    tenRows,
    'insert into notes (id) values (1) union values (2) returning id',
    'returns rows without end; at most 10 are allowed',
  ],
  [
    tenRows,
    'update tickets set status = 1 where id = 1 returning id',
    'returns rows without end; at most 10 are allowed',
  ],
  [inCrm, 'select * from pg_type', 'reads pg_catalog.pg_type, which is not listed'],
  [inCrm, 'select * from public.people', 'reads public.people, which is not listed'],
];

describe('what stands somewhere in a statement', () => {
  test.each(allowed)('%# %j allows: %s', (limit, text) => expect(said(limit, text)).toBeUndefined());

  test.each(hidden)('%# %j finds a column that is not listed: %s', (limit, text) =>
    expect(said(limit, text)).toBe('sql names secret, which is not among the listed columns of public.tickets'),
  );

  test.each(refused)('%# %j refuses: %s', (limit, text, words) => expect(said(limit, text)).toBe(`sql ${words}`));

  test.each([
    ['select 1 from notes n join (select secret from tickets) q on true', 'names secret, which is not among'],
    ['select 1 from (select secret from tickets) q join notes n on true', 'names secret, which is not among'],
    [`select 1 ${'/*a*/'.repeat(1_500)}`, 'holds more comments than are read'],
    [`select ${'1,'.repeat(4_000)} 1`, 'has more parts than are read'],
    [`select ${'1+'.repeat(300)} 1`, 'is nested deeper than 200 levels'],
    [`select 1 ${'+'.repeat(4_000)} 1`, 'holds an operator or a line of signs longer than is read'],
  ])('%# is refused before it costs too much, or reads what is hidden', (text, words) =>
    expect(said(reading, text)).toContain(`sql ${words}`),
  );
});
