import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A conversation may be bound to one environment, and a grant to one conversation, for at most a day. */
export class ConversationBounds1700000000014 implements MigrationInterface {
  name = 'ConversationBounds1700000000014';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table conversation add column environment_id text references environment (id);
      alter table grants add column conversation_id uuid references conversation (id) on delete cascade;
      alter table grants add column reason text;
      alter table grants add constraint grants_conversation_check check (conversation_id is null
        or (tool_id is not null and reason is not null and not_after is not null and not_after <= created_at + interval '24 hours'));
      create index grants_conversation on grants (conversation_id) where conversation_id is not null;
      create index grants_widening_end on grants (not_after) where conversation_id is not null and revoked_at is null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from grants where conversation_id is not null;
      alter table grants drop column conversation_id, drop column reason;
      alter table conversation drop column environment_id;
    `);
  }
}
