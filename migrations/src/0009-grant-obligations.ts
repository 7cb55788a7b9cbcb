import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What has to be done about a call that a grant allows. The grants there are ask for nothing. */
export class GrantObligations1700000000009 implements MigrationInterface {
  name = 'GrantObligations1700000000009';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table grants add column obligations jsonb not null default '[]'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table grants drop column obligations');
  }
}
