import type { MigrationInterface, QueryRunner } from 'typeorm';

/** While an environment is observed: since when, until when, by whom and why; and of each decision what would have been decided. */
export class Observations1700000000010 implements MigrationInterface {
  name = 'Observations1700000000010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table observation (
        id text primary key,
        environment_id text not null references environment (id),
        reason text not null,
        observe_until timestamptz not null,
        started_by text not null,
        started_at timestamptz not null default now(),
        ended_by text,
        ended_at timestamptz,
        check (observe_until <= started_at + interval '30 days')
      );
      create index observation_environment on observation (environment_id, started_at desc);
      create unique index observation_one_at_a_time on observation (environment_id) where ended_at is null;
      alter table decision add column observed_outcome text, add column observed_reason text,
        add column observed_rule text, add column observed_detail text;
      create index decision_observed on decision (server_id, at) where observed_reason is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index decision_observed;
      alter table decision drop column observed_detail, drop column observed_rule, drop column observed_reason,
        drop column observed_outcome;
      drop table observation;
    `);
  }
}
