import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Quotas in one window over all guards, and each guard's part in them. Counts are not changes (no revision); they go with their window. */
export class QuotaBudgets1700000000011 implements MigrationInterface {
  name = 'QuotaBudgets1700000000011';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table quota_budget (
        bucket text not null,
        window_start timestamptz not null,
        window_end timestamptz not null,
        grant_id text not null,
        held bigint not null default 0,
        spent bigint not null default 0,
        primary key (bucket, window_start)
      );
      create index quota_budget_grant on quota_budget (grant_id, window_start);
      create index quota_budget_end on quota_budget (window_end);
      create table quota_share (
        bucket text not null,
        window_start timestamptz not null,
        guard_id text not null,
        handed bigint not null,
        returned bigint not null,
        spent bigint not null,
        primary key (bucket, window_start, guard_id),
        constraint quota_share_budget_fkey foreign key (bucket, window_start) references quota_budget (bucket, window_start) on delete cascade
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table quota_share;
      drop table quota_budget;
    `);
  }
}
