import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lists of payees, recipients and addresses that admins curate. Guards are told digests; the clear values stay here. */
export class Directories1700000000013 implements MigrationInterface {
  name = 'Directories1700000000013';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table directory (
        id text primary key,
        environment_id text not null references environment (id),
        name text not null,
        holds text not null check (holds in ('email', 'url', 'account', 'phone', 'text')),
        created_by text not null,
        created_at timestamptz not null default now(),
        retired_at timestamptz
      );
      create table directory_entry (
        directory_id text not null references directory (id),
        canonical text not null,
        value text not null,
        added_by text not null,
        added_at timestamptz not null default now(),
        primary key (directory_id, canonical)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table directory_entry; drop table directory');
  }
}
