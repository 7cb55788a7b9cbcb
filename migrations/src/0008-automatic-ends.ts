import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One token key that signs and one that waits to; and what finds conversations that are over without reading all of them. */
export class AutomaticEnds1700000000008 implements MigrationInterface {
  name = 'AutomaticEnds1700000000008';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create unique index signing_key_one_signing on signing_key (purpose) where purpose = 'token' and state = 'signing';
      create unique index signing_key_one_published on signing_key (purpose) where purpose = 'token' and state = 'published';
      create index conversation_closed on conversation (closed_at) where status = 'closed' and not left_feed;
      create index conversation_open on conversation (credential_id) where status = 'open' and not left_feed;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index conversation_open; drop index conversation_closed; drop index signing_key_one_published; drop index signing_key_one_signing;
    `);
  }
}
