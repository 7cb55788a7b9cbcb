import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Service accounts: kinds and stages of credentials, taint, rotation policies, hosts, and assignments with a window. */
export class Agents1700000000006 implements MigrationInterface {
  name = 'Agents1700000000006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table agent add tags text[] not null default '{}';
      create table agent_host (
        agent_id text primary key references agent (id) on delete cascade,
        host_id text not null references agent (id) on delete cascade,
        set_by text not null,
        set_at timestamptz not null default now(),
        constraint agent_host_check check (host_id <> agent_id)
      );
      create index agent_host_host on agent_host (host_id);
      alter table credential
        drop constraint credential_kind_check,
        add constraint credential_kind_check check (kind in ('private_key_jwt', 'secret')),
        alter secret_hash drop not null,
        add stage text not null default 'active' constraint credential_stage_check check (stage in ('prepared', 'active', 'retiring')),
        add public_jwk jsonb,
        add jwks_uri text,
        add not_before timestamptz,
        add activated_at timestamptz,
        add retiring_since timestamptz,
        add retires_at timestamptz,
        add derived_from text constraint credential_derived_from_fkey references credential (id),
        add warned_at timestamptz,
        add last_used_from text,
        add last_used_server text,
        add constraint credential_material_check check (
          case kind when 'secret' then secret_hash is not null and public_jwk is null and jwks_uri is null
          else secret_hash is null and (public_jwk is null) <> (jwks_uri is null) end);
      create index credential_derived_from on credential (derived_from);
      create table credential_taint (
        credential_id text primary key references credential (id) on delete cascade,
        tainted_by text not null,
        tainted_at timestamptz not null default now(),
        reason text not null default '',
        from_credential text
      );
      create table rotation_policy (
        agent_id text primary key references agent (id) on delete cascade,
        interval_seconds integer not null constraint rotation_policy_interval_seconds_check check (interval_seconds >= 1),
        overlap_seconds integer not null default 900 constraint rotation_policy_overlap_seconds_check check (overlap_seconds between 0 and 86400),
        warn_seconds integer not null default 86400 constraint rotation_policy_warn_seconds_check check (warn_seconds >= 0),
        set_by text not null,
        set_at timestamptz not null default now()
      );
      alter table assignment
        add not_before timestamptz,
        add not_after timestamptz,
        add constraint assignment_window_check check (not_after > not_before);
      create index assignment_end on assignment (not_after) where removed_at is null and not_after is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index assignment_end;
      alter table assignment drop constraint assignment_window_check, drop not_before, drop not_after;
      drop table rotation_policy; drop table credential_taint;
      delete from credential_revocation where credential_id in (select id from credential where kind <> 'secret');
      update credential set derived_from = null;
      delete from credential where kind <> 'secret';
      drop index credential_derived_from;
      alter table credential
        drop constraint credential_material_check, drop constraint credential_kind_check,
        drop stage, drop public_jwk, drop jwks_uri, drop not_before, drop activated_at, drop retiring_since, drop retires_at,
        drop derived_from, drop warned_at, drop last_used_from, drop last_used_server,
        alter secret_hash set not null,
        add constraint credential_kind_check check (kind in ('secret'));
      drop table agent_host;
      alter table agent drop tags;
    `);
  }
}
