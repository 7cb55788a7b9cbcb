import type { ConstraintOf } from '@portcullis/contracts';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadEngines } from '../../engines/index.js';
import { noEngines, type Engines } from '../../engines.js';
import { compileConstraint } from '../compile-constraint.js';
import { askedWith } from './asked.fixture.js';

type Limit = Omit<ConstraintOf<'sql'>, 'kind' | 'path'>;

let engines: Engines = noEngines;
beforeAll(async () => {
  engines = await loadEngines();
});

function said(limit: Limit, sql: unknown): string | undefined {
  return askedWith({ kind: 'sql', path: 'sql', ...limit }, engines)({ sql });
}

const open: Limit = { statements: ['select'], tables: ['public.tickets', 'crm.*'] };
const closed: Limit = { ...open, columns: { 'public.tickets': ['id', 'status'] } };
const writing: Limit = { statements: ['select', 'insert', 'update', 'delete', 'merge'], tables: ['public.tickets'] };
const adding: Limit = { statements: ['insert'], tables: ['public.tickets'] };

describe('SQL within limits', () => {
  test.each([
    [open, 'select * from tickets'],
    [open, 'select t from public.tickets t, crm.people p where p.id = t.owner'],
    [open, 'with x as (select 1 as a) select x.a from x'],
    [open, 'select * from crm.a natural join crm.b'],
    [open, 'TABLE Tickets -- all of it'],
    [open, "select 'it''s; delete from users' as text"],
    [open, 'select id from tickets where id = $1'],
    [closed, 'select t.id, status from tickets t order by id'],
    [closed, 'select count(*) from tickets'],
    [closed, 'select name from crm.people'],
    [{ ...open, functions: ['similarity', 'crm.score'] }, 'select similarity(a, b), crm.score(a) from crm.people'],
    [{ ...open, defaultSchema: 'crm' }, 'select * from people'],
    [
      { ...open, tables: ['pg_catalog.pg_class', 'information_schema.*'] },
      'select * from pg_class, information_schema.tables',
    ],
    [writing, 'delete from tickets where id = 1'],
    [{ ...writing, everyRow: true }, 'delete from tickets'],
    [adding, 'insert into tickets (id) values (1), (2)'],
  ])('%# %j allows %s', (limit, sql) => expect(said(limit, sql)).toBeUndefined());

  test.each([
    [open, 'delete from users where id = 1', 'deletes from public.users, which is not allowed'],
    [open, 'select * from users', 'reads public.users, which is not listed'],
    [open, 'select * from tickets; drop table tickets', 'holds 2 statements, and one is allowed'],
    [
      open,
      'with d as (delete from tickets returning id) select * from d',
      'deletes from public.tickets, which is not allowed',
    ],
    [open, 'select * from tickets for update', 'locks rows with FOR, which needs update'],
    [open, 'select * into copy from tickets', 'uses SELECT INTO, which makes a table, which is never allowed'],
    [open, 'copy tickets to stdout', 'is COPY, which is never allowed'],
    [open, 'create table x as select 1', 'is CREATE TABLE AS, which is never allowed'],
    [open, 'select pg_sleep(1)', 'calls pg_sleep, which is not a listed function'],
    [open, 'select public.lower(1)', 'calls public.lower, which is not a listed function'],
    [open, 'select "pg_catalog.lower"(1)', 'calls pg_catalog.lower, which is not a listed function'],
    [open, "select 'users'::regclass", 'casts to regclass, which is not a plain type'],
    [open, 'select current_user', 'asks for CURRENT_USER, which is not allowed'],
    [open, 'select 1 operator(crm.+) 1', 'uses the operator crm.+, which is not a plain one'],
    [open, 'select (1).pg_sleep', 'takes a part of a value with a dot, which may call a function'],
    [open, 'select * from pg_class', 'reads pg_catalog.pg_class, which is not listed'],
    [open, 'select * from other.public.tickets', 'names a table of another database'],
    [open, 'select * from crm."a.b"', 'names a table with a dot in its name'],
    [open, 'select * from "crm.people"', 'names a table with a dot in its name'],
    [open, 'with recursive r as (select 1) select 1', 'uses WITH RECURSIVE, which is never allowed'],
    [open, 'select xmlelement(name a)', 'uses XmlExpr, which is not understood'],
    [open, 'selec 1', 'is not SQL that can be read: syntax error at or near "selec"'],
    [open, '', 'holds no statement'],
    [open, '/* ; */ ; --', 'holds no statement'],
    [open, 'select 1\0; delete from users', 'holds characters that no SQL can hold'],
    [open, "select '\ud800'", 'holds characters that no SQL can hold'],
    [open, 'select /*! 1; */ 1', 'holds a comment that some databases obey'],
    [open, "select e'\\''", "holds \\', which databases read in two ways; write '' for a quote"],
    [open, ['select 1'], 'is not text'],
    [closed, 'select * from tickets', 'names every column of public.tickets'],
    [closed, 'select t from tickets t', 'names whole rows of public.tickets'],
    [closed, 'select secret from tickets', 'names secret, which is not among the listed columns of public.tickets'],
    [
      closed,
      'select name from crm.people, tickets',
      'names name, which is not among the listed columns of public.tickets',
    ],
    [closed, 'select x.id from tickets', 'names x, which is nothing that is read here'],
    [closed, 'select 1 from tickets t(a)', 'gives the columns of public.tickets other names'],
    [closed, 'select 1 from (tickets join crm.p on true) as j(a)', 'gives the columns of a join other names'],
    [closed, 'select 1 from tickets natural join crm.p', 'joins by NATURAL, which names no columns'],
    [closed, 'select 1 from tickets join crm.p using (owner)', 'joins by owner of public.tickets, which is not listed'],
    [{ ...open, maxRows: 10 }, 'select * from tickets', 'has no LIMIT with a number; at most 10 rows are allowed'],
    [{ ...open, maxRows: 10 }, 'select * from tickets limit 11', 'has LIMIT 11, more than 10'],
    [{ ...open, maxRows: 10 }, 'select * from tickets limit -1', 'has LIMIT -1, more than 10'],
    [
      { ...writing, maxRows: 10 },
      'delete from tickets where id = 1 returning id',
      'returns rows without end; at most 10 are allowed',
    ],
    [writing, 'delete from tickets', 'changes every row: it has no WHERE that names a column'],
    [writing, 'update tickets set a = 1 where true', 'changes every row: it has no WHERE that names a column'],
    [
      writing,
      'merge into tickets t using tickets u on true when matched then delete',
      'changes every row: nothing in ON or WHEN names a column',
    ],
    [adding, 'select 1', 'reads, which is not allowed'],
    [adding, 'insert into tickets select * from tickets', 'reads public.tickets, which is not allowed'],
    [adding, 'insert into tickets values (1) returning id', 'reads what it wrote with RETURNING, which is not allowed'],
    [
      adding,
      'insert into tickets values (1) on conflict (id) do nothing',
      'reads what it inserts into, which is not allowed',
    ],
    [
      adding,
      'insert into tickets values (1) on conflict do update set a = 1',
      'updates public.tickets, which is not allowed',
    ],
  ])('%# %j refuses %s', (limit, sql, words) => expect(said(limit, sql)).toBe(`sql ${words}`));

  test('without an engine the constraint is void', () => {
    expect(compileConstraint({ kind: 'sql', path: 'sql', ...open })).toBeUndefined();
  });

  test('each of a list of texts is judged, up to what one text may cost', () => {
    const check = askedWith({ kind: 'sql', path: 'all.*', ...open }, engines);
    const asked = (all: readonly string[]) => check({ all });
    expect(asked(['select 1', 'select 2'])).toBeUndefined();
    expect(asked(['select 1', 'drop table x'])).toBe('all.1 is DROP, which is never allowed');
    expect(asked(Array.from({ length: 3 }, () => `select 1${' '.repeat(4000)}`))).toBe(
      'all.2 is more text than is read',
    );
  });
});
