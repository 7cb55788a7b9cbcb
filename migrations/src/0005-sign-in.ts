import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People: the tables better-auth reads and writes (its column names), the install claim, socket tickets and oidc-provider's store. */
export class SignIn1700000000005 implements MigrationInterface {
  name = 'SignIn1700000000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table "user" (
        "id" text primary key,
        "name" text not null,
        "email" text not null unique,
        "emailVerified" boolean not null default false,
        "image" text,
        "createdAt" timestamptz not null default now(),
        "updatedAt" timestamptz not null default now()
      );
      create table "session" (
        "id" text primary key,
        "expiresAt" timestamptz not null,
        "token" text not null unique,
        "createdAt" timestamptz not null default now(),
        "updatedAt" timestamptz not null default now(),
        "ipAddress" text,
        "userAgent" text,
        "userId" text not null references "user" ("id") on delete cascade
      );
      create index session_by_user on "session" ("userId");
      create table "account" (
        "id" text primary key,
        "accountId" text not null,
        "providerId" text not null,
        "userId" text not null references "user" ("id") on delete cascade,
        "accessToken" text,
        "refreshToken" text,
        "idToken" text,
        "accessTokenExpiresAt" timestamptz,
        "refreshTokenExpiresAt" timestamptz,
        "scope" text,
        "password" text,
        "createdAt" timestamptz not null default now(),
        "updatedAt" timestamptz not null default now()
      );
      create index account_by_user on "account" ("userId");
      create table "verification" (
        "id" text primary key,
        "identifier" text not null,
        "value" text not null,
        "expiresAt" timestamptz not null,
        "createdAt" timestamptz not null default now(),
        "updatedAt" timestamptz not null default now()
      );
      create table person_permission (
        person_id text not null references "user" ("id") on delete cascade,
        permission text not null,
        granted_at timestamptz not null default now(),
        primary key (person_id, permission)
      );
      create table install_claim (
        id smallint primary key default 1 check (id = 1),
        token_hash text not null,
        created_at timestamptz not null default now(),
        claimed_at timestamptz,
        claimed_by text
      );
      create table socket_ticket (
        token_hash text primary key,
        session_id text not null,
        person_id text not null,
        expires_at timestamptz not null
      );
      create table oidc_record (
        model text not null,
        id text not null,
        payload jsonb not null,
        expires_at timestamptz,
        consumed_at timestamptz,
        primary key (model, id)
      );
      create index oidc_record_expiry on oidc_record (expires_at);
      create table rate_limit (
        key text primary key,
        window_started_at timestamptz not null,
        count integer not null
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table rate_limit; drop table oidc_record; drop table socket_ticket; drop table install_claim; drop table person_permission;
      drop table "verification"; drop table "account"; drop table "session"; drop table "user";
    `);
  }
}
