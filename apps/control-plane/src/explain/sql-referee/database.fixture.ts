import type { ConstraintOf } from '@portcullis/contracts';
import { createTestDatabases, type ClonedDatabase } from '@portcullis/postgres';
import { randomBytes } from 'node:crypto';
import pg from 'pg';

export type SqlConstraint = ConstraintOf<'sql'>;

const tables = ['public.users', 'public.tickets', 'public.notes', 'crm.people', 'crm.deals', 'audit.log'] as const;

/** Everything a guard cannot see: functions of a row, a type, an operator and a function that delete, a view, a trigger's place. */
const made = `
create schema crm; create schema audit;
create table users (id int primary key, name text, secret text);
create table tickets (id int primary key, customer int, subject text, status text, secret text);
create table notes (id serial primary key, ticket int unique, body text, internal text);
create table crm.people (id int primary key, name text, salary int);
create table crm.deals (id int primary key, person int, amount int);
create table audit.log (id int primary key, line text);
insert into users select n, 'user ' || n, 'SECRET' from generate_series(1, 5) n;
insert into tickets select n, n % 3, 'subject ' || n, 'open', 'SECRET' from generate_series(1, 200) n;
insert into notes (ticket, body, internal) select n, 'note ' || n, 'SECRET' from generate_series(1, 20) n;
insert into crm.people select n, 'person ' || n, 1000 + n from generate_series(1, 5) n;
insert into crm.deals select n, n, 100 * n from generate_series(1, 5) n;
insert into audit.log values (1, 'SECRET');
create view open_tickets as select * from tickets;
create function wipe(int) returns int language sql security definer as 'delete from audit.log; select 1';
create function peek(tickets) returns text language sql security definer as 'select secret from users limit 1';
create function lowered(text) returns text language sql security definer as 'delete from audit.log; select $1';
create function join_or_wipe(int, int) returns bool language sql security definer as 'delete from audit.log; select true';
create operator === (function = join_or_wipe, leftarg = int, rightarg = int);
create domain evil as int check (wipe(value) = 1);
create type mood as enum ('sad', 'happy');
`;

/** A database with a role for each constraint that holds exactly the rights the constraint speaks of, and a hash of every table. */
export class RefereeDatabase {
  readonly #roles: string[] = [];

  private constructor(
    private readonly database: ClonedDatabase,
    private readonly client: pg.Client,
  ) {}

  static async make(): Promise<RefereeDatabase> {
    const database = await (await createTestDatabases()).cloneDatabase();
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query(made);
    return new RefereeDatabase(database, client);
  }

  async close(): Promise<void> {
    for (const role of this.#roles) await this.client.query(`drop owned by ${role}; drop role ${role}`);
    await this.client.end();
    await this.database.drop();
  }

  /** A role that may do what the constraint allows and no more. */
  async roleFor({ statements, tables: listed, columns = {} }: SqlConstraint): Promise<string> {
    const role = `referee_${randomBytes(6).toString('hex')}`;
    this.#roles.push(role);
    await this.client.query(`create role ${role}; grant usage on schema public, crm, audit to ${role}`);
    for (const table of tables) {
      const isListed = listed.includes(table) || listed.includes(`${table.split('.')[0] ?? ''}.*`);
      const only = columns[table] ? ` (${columns[table].join(', ')})` : '';
      for (const kind of isListed ? statements.filter((one) => one !== 'merge') : [])
        await this.client.query(`grant ${kind}${kind === 'delete' ? '' : only} on ${table} to ${role}`);
    }
    if (statements.includes('insert')) await this.client.query(`grant usage on sequence notes_id_seq to ${role}`);
    return role;
  }

  /** Runs a text as the role, and takes it back. `changed`: the tables that were not as before. */
  async run(role: string, sql: string): Promise<Ran> {
    await this.client.query('begin');
    try {
      const before = await this.hashes();
      await this.client.query(`set local role ${role}; set local statement_timeout = '5s'; savepoint before`);
      const answer = await this.#answer(sql);
      await this.client.query(answer.error === undefined ? 'reset role' : 'rollback to savepoint before; reset role');
      const after = await this.hashes();
      return { ...answer, changed: tables.filter((table) => before.get(table) !== after.get(table)) };
    } finally {
      await this.client.query('rollback');
    }
  }

  async #answer(sql: string): Promise<Omit<Ran, 'changed'>> {
    try {
      const answer: pg.QueryResult | readonly pg.QueryResult[] = await this.client.query(sql);
      const results = Array.isArray(answer) ? answer : [answer as pg.QueryResult];
      return { error: undefined, rows: results.flatMap((result) => result.rows as unknown[]).length };
    } catch (error) {
      return { error: error as pg.DatabaseError, rows: 0 };
    }
  }

  /** Asked by the superuser: what every table holds. */
  async hashes(): Promise<ReadonlyMap<string, string>> {
    const parts = tables.map(
      (table) =>
        `select '${table}' as name, md5(coalesce(string_agg(row.*::text, '|' order by row.id), '')) as hash from ${table} row`,
    );
    const { rows } = await this.client.query<{ name: string; hash: string }>(parts.join(' union all '));
    return new Map(rows.map(({ name, hash }) => [name, hash]));
  }
}

export interface Ran {
  readonly error: pg.DatabaseError | undefined;
  readonly rows: number;
  readonly changed: readonly string[];
}
