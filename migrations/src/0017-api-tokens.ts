import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tokens with which a person's scripts use the API: kept as a hash, with an end. */
export class ApiTokens1700000000017 implements MigrationInterface {
  name = 'ApiTokens1700000000017';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table api_token (
        id text primary key,
        person_id text not null references "user" ("id") on delete cascade,
        name text not null,
        prefix text not null,
        secret_hash text not null,
        created_at timestamptz not null default now(),
        expires_at timestamptz not null,
        last_used_at timestamptz,
        revoked_at timestamptz,
        unique (secret_hash)
      );
      create index api_token_person on api_token (person_id, created_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table api_token;`);
  }
}
