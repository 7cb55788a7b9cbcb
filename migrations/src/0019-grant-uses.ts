import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * When calls were last allowed by each grant, by tool and by the task of the token. Of a grant that was there before, nothing is
 * said about the time before this migration: `uses_counted_since` tells since when silence means anything.
 */
export class GrantUses1700000000019 implements MigrationInterface {
  name = 'GrantUses1700000000019';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table grant_use (
        grant_id text not null,
        tool_id text not null,
        task text not null,
        last_used_at timestamptz not null,
        constraint grant_use_pkey primary key (grant_id, tool_id, task)
      );
      alter table grants add column uses_counted_since timestamptz not null default now();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table grants drop column uses_counted_since;
      drop table grant_use;
    `);
  }
}
