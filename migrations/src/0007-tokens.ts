import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Conversation records, users' issuers, revoked tokens, used proofs, and states of signing keys. */
export class Tokens1700000000007 implements MigrationInterface {
  name = 'Tokens1700000000007';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table conversation (
        id uuid primary key,
        agent_id text not null references agent (id) on delete cascade,
        user_id text,
        tasks text[] not null,
        attributes jsonb not null default '{}',
        digests text[] not null default '{}',
        status text not null default 'open' constraint conversation_status_check check (status in ('open', 'closed')),
        opened_by text not null,
        credential_id text constraint conversation_credential_id_fkey references credential (id) on delete set null,
        opened_at timestamptz not null default now(),
        expires_at timestamptz not null,
        closed_by text,
        closed_at timestamptz,
        left_feed boolean not null default false
      );
      create index conversation_agent on conversation (agent_id, opened_at desc);
      create index conversation_credential on conversation (credential_id);
      create index conversation_end on conversation (expires_at) where not left_feed;
      create table subject_issuer (
        id text primary key,
        name text not null,
        issuer text not null constraint subject_issuer_issuer_key unique,
        audience text not null,
        jwks_uri text,
        enabled boolean not null default true,
        created_by text not null,
        created_at timestamptz not null default now()
      );
      create table token_settings (
        id smallint primary key default 1 constraint token_settings_id_check check (id = 1),
        token_life_seconds integer not null default 300
          constraint token_settings_token_life_seconds_check check (token_life_seconds between 2 and 3600),
        require_dpop boolean not null default false,
        changed_by text,
        changed_at timestamptz
      );
      insert into token_settings default values;
      create table token_revocation (
        jti text primary key,
        agent_id text not null references agent (id) on delete cascade,
        revoked_by text not null,
        revoked_at timestamptz not null default now(),
        expires_at timestamptz not null
      );
      create index token_revocation_end on token_revocation (expires_at);
      create table used_proof (
        kind text not null constraint used_proof_kind_check check (kind in ('assertion', 'dpop')),
        id text not null,
        expires_at timestamptz not null,
        primary key (kind, id)
      );
      create index used_proof_end on used_proof (expires_at);
      alter table signing_key
        add state text not null default 'signing'
          constraint signing_key_state_check check (state in ('published', 'signing', 'verifying', 'withdrawn')),
        add state_since timestamptz not null default now();
      alter table guard_boot add held_key_set integer;
      insert into person_permission (person_id, permission)
        select person_id, 'tokens:write' from person_permission where permission = 'credentials:write' on conflict do nothing;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from person_permission where permission = 'tokens:write';
      alter table guard_boot drop held_key_set;
      alter table signing_key drop state, drop state_since;
      drop table used_proof; drop table token_revocation; drop table token_settings; drop table subject_issuer; drop table conversation;
    `);
  }
}
