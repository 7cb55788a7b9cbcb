import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What administrators manage. Authority (agent_status, credential_revocation, engagement) stands in tables of its own. */
export class World1700000000003 implements MigrationInterface {
  name = 'World1700000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table environment (
        id text primary key,
        name text not null,
        demo boolean not null default false,
        created_at timestamptz not null default now()
      );
      create table role (
        id text primary key,
        name text not null,
        demo boolean not null default false,
        created_at timestamptz not null default now()
      );
      create table server (
        id text primary key,
        name text not null,
        environment_id text not null references environment (id),
        resource text not null unique,
        demo boolean not null default false,
        created_at timestamptz not null default now()
      );
      create table tool (
        id text primary key,
        server_id text not null references server (id),
        name text not null,
        classes text[] not null default '{}',
        demo boolean not null default false,
        created_at timestamptz not null default now(),
        unique (server_id, name)
      );
      create table observed_tool (
        server_id text not null references server (id),
        name text not null,
        description text,
        input_schema jsonb,
        definition_hash text not null,
        observed_at timestamptz not null default now(),
        primary key (server_id, name)
      );
      create table agent (
        id text primary key,
        name text not null,
        description text not null default '',
        owner_id text,
        demo boolean not null default false,
        created_at timestamptz not null default now()
      );
      create table agent_status (
        agent_id text primary key references agent (id),
        status text not null check (status in ('active', 'suspended', 'retired')),
        changed_by text not null,
        changed_at timestamptz not null default now()
      );
      create table credential (
        id text primary key,
        agent_id text not null references agent (id),
        kind text not null default 'secret' check (kind in ('secret')),
        prefix text not null,
        secret_hash text not null,
        created_by text not null,
        created_at timestamptz not null default now(),
        expires_at timestamptz,
        last_used_at timestamptz
      );
      create index credential_agent on credential (agent_id);
      create table credential_revocation (
        credential_id text primary key references credential (id),
        revoked_by text not null,
        revoked_at timestamptz not null default now()
      );
      create table assignment (
        id text primary key,
        agent_id text not null references agent (id),
        role_id text not null references role (id),
        environment_id text not null references environment (id),
        created_by text not null,
        created_at timestamptz not null default now(),
        removed_at timestamptz
      );
      create unique index assignment_one_live on assignment (agent_id, role_id, environment_id) where removed_at is null;
      create table grants (
        id text primary key,
        role_id text not null references role (id),
        environment_id text not null references environment (id),
        tool_id text references tool (id),
        tool_class text,
        task text not null check (task in ('lookup', 'update', 'execute')),
        constraints jsonb not null default '[]',
        not_before timestamptz,
        not_after timestamptz,
        stale_seconds real not null default 0 check (stale_seconds between 0 and 60),
        created_by text not null,
        created_at timestamptz not null default now(),
        revoked_at timestamptz,
        check ((tool_id is null) <> (tool_class is null))
      );
      create index grants_role on grants (role_id, environment_id);
      create table engagement (
        id uuid primary key,
        scope text not null,
        target text not null,
        reason text not null default '',
        engaged_by text not null,
        engaged_at timestamptz not null default now()
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table engagement; drop table grants; drop table assignment; drop table credential_revocation; drop table credential;
      drop table agent_status; drop table agent; drop table observed_tool; drop table tool; drop table server; drop table role;
      drop table environment;
    `);
  }
}
