import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Enforcement points, what they hold, and what they reported. Presence and positions are not changes (no revision). */
export class Guards1700000000004 implements MigrationInterface {
  name = 'Guards1700000000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table join_token (
        id text primary key,
        server_id text not null references server (id),
        secret_hash text not null,
        created_by text not null,
        created_at timestamptz not null default now(),
        expires_at timestamptz not null,
        used_at timestamptz
      );
      create table guard (
        id text primary key,
        server_id text not null references server (id),
        public_jwk jsonb not null,
        capabilities text[] not null default '{}',
        enrolled_at timestamptz not null default now(),
        evicted_at timestamptz
      );
      create index guard_server on guard (server_id);
      create table guard_boot (
        guard_id text not null references guard (id),
        boot uuid not null,
        first_report_at timestamptz not null default now(),
        last_report_at timestamptz not null default now(),
        held_generation text,
        held_revision bigint,
        posture text not null default 'severed',
        in_flight integer not null default 0,
        lease_until timestamptz,
        connected boolean not null default false,
        durable_batch integer not null default 0,
        last_batch_hash text,
        previous_boot text,
        loss_known boolean not null default false,
        primary key (guard_id, boot)
      );
      create table guard_position (
        guard_id text not null,
        boot uuid not null,
        revision bigint not null,
        applied_at timestamptz not null,
        primary key (guard_id, boot, revision)
      );
      create index guard_position_revision on guard_position (revision);
      create table report_batch (
        guard_id text not null,
        boot uuid not null,
        number integer not null,
        previous_hash text not null,
        hash text not null,
        events text not null,
        signed_payload_hash text not null,
        received_at timestamptz not null default now(),
        primary key (guard_id, boot, number)
      );
      create sequence decision_position;
      create table decision (
        position bigint primary key,
        id text not null,
        guard_id text not null,
        boot uuid not null,
        server_id text not null,
        at timestamptz not null,
        received_at timestamptz not null default now(),
        agent text not null,
        instance text,
        credential text,
        role text,
        task text,
        tool text not null,
        outcome text not null,
        reason text,
        rule text,
        detail text,
        revision bigint not null,
        arguments_hash text not null,
        result text,
        duration_ms real,
        outcome_reason text,
        outcome_rule text,
        unique (guard_id, id)
      );
      create index decision_agent on decision (agent, position desc);
      create index decision_server on decision (server_id, position desc);
      create index decision_at on decision (received_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table decision; drop sequence decision_position; drop table report_batch; drop table guard_position; drop table guard_boot;
      drop table guard; drop table join_token;
    `);
  }
}
