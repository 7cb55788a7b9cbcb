import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was asked in calls, sealed, for as long as changes are tried on it. No reference: it may arrive before its decision. */
export class RecordedCalls1700000000016 implements MigrationInterface {
  name = 'RecordedCalls1700000000016';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table recorded_call (
        guard_id text not null,
        decision_id text not null,
        sealed bytea not null,
        received_at timestamptz not null default now(),
        primary key (guard_id, decision_id)
      );
      create index recorded_call_received_at on recorded_call (received_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table recorded_call');
  }
}
