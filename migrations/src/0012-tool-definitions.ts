import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Everything a server ever said of a tool, by hash, with what of it is accepted; and what each guard's newest catalogue says. The
 * tools there are get pinned to what is announced next.
 */
export class ToolDefinitions1700000000012 implements MigrationInterface {
  name = 'ToolDefinitions1700000000012';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table tool add column pinned_at timestamptz;
      create table tool_definition (
        server_id text not null references server (id),
        name text not null,
        hash text not null,
        definition text,
        first_observed_at timestamptz not null default now(),
        first_guard_id text not null,
        last_observed_at timestamptz not null default now(),
        last_guard_id text not null,
        accepted_at timestamptz,
        accepted_by text,
        withdrawn_at timestamptz,
        withdrawn_by text,
        primary key (server_id, name, hash)
      );
      create table announced_tool (
        guard_id text not null references guard (id),
        name text not null,
        server_id text not null references server (id),
        hash text not null,
        catalogue text not null,
        announced_at timestamptz not null default now(),
        primary key (guard_id, name)
      );
      create index announced_tool_server on announced_tool (server_id, name);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table announced_tool; drop table tool_definition; alter table tool drop column pinned_at;
    `);
  }
}
