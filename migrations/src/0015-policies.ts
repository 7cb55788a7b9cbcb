import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Policies with every version of their text and tests; environments whose policies a second person reviews; who may write them. */
export class Policies1700000000015 implements MigrationInterface {
  name = 'Policies1700000000015';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table policy (
        id text primary key,
        environment_id text references environment (id),
        live_version integer,
        created_by text not null,
        created_at timestamptz not null default now(),
        retired_at timestamptz
      );
      create table policy_version (
        policy_id text not null references policy (id),
        number integer not null check (number >= 1),
        name text not null,
        text text not null,
        tests jsonb not null,
        author text not null,
        created_at timestamptz not null default now(),
        reverts integer,
        reviewed_by text,
        reviewed_at timestamptz,
        published_by text,
        published_at timestamptz,
        primary key (policy_id, number)
      );
      create table policy_review (
        environment_id text primary key references environment (id),
        required_by text not null,
        required_at timestamptz not null default now()
      );
      insert into person_permission (person_id, permission)
        select person_id, 'policies:write' from person_permission where permission = 'grants:write';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from person_permission where permission = 'policies:write';
      drop table policy_review;
      drop table policy_version;
      drop table policy;
    `);
  }
}
