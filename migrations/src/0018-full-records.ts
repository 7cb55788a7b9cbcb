import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What grants with `audit: full` have recorded, sealed, and who has read it; what of a call's result is told with its decision. */
export class FullRecords1700000000018 implements MigrationInterface {
  name = 'FullRecords1700000000018';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table decision
        add column audit_level text,
        add column withheld text,
        add column label_trust text,
        add column label_secrecy text,
        add column result_hash text;
      create table full_record (
        guard_id text not null,
        decision_id text not null,
        side text not null check (side in ('arguments', 'result')),
        bytes integer not null,
        hash text not null,
        sealed bytea,
        received_at timestamptz not null default now(),
        primary key (guard_id, decision_id, side)
      );
      create index full_record_received_at on full_record (received_at);
      create table full_record_reading (
        id text primary key,
        guard_id text not null,
        decision_id text not null,
        person_id text not null,
        api_token_id text,
        at timestamptz not null default now()
      );
      create index full_record_reading_decision on full_record_reading (guard_id, decision_id, at);
      insert into person_permission (person_id, permission)
        select person_id, 'records:read' from person_permission group by person_id having count(*) = 8;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from person_permission where permission = 'records:read';
      drop table full_record_reading;
      drop table full_record;
      alter table decision
        drop column audit_level,
        drop column withheld,
        drop column label_trust,
        drop column label_secrecy,
        drop column result_hash;
    `);
  }
}
