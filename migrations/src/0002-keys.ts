import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Private keys sealed by the key-encryption key, and the numbered key sets the root has signed. */
export class Keys1700000000002 implements MigrationInterface {
  name = 'Keys1700000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table signing_key (
        kid text primary key,
        purpose text not null check (purpose in ('root', 'feed', 'token')),
        public_jwk jsonb not null,
        sealed_private_key bytea,
        not_before timestamptz not null,
        not_after timestamptz not null,
        created_at timestamptz not null default now()
      );
      create unique index signing_key_one_root on signing_key (purpose) where purpose = 'root';
      create table key_set (
        number integer primary key,
        payload text not null,
        signature text not null,
        created_at timestamptz not null default now()
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table key_set; drop table signing_key;`);
  }
}
