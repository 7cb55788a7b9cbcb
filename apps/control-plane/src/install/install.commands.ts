import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Pool, type ClientBase } from 'pg';
import type { z } from 'zod';
import { permissions } from '../authorisation/permissions.js';
import { runCommand, type CommandResult } from '../change-log/command.js';
import { hashPassword } from '../people/password.js';
import { Refusal } from '../platform/refusal.js';
import type { claimInstallSchema } from './claim-install.input.js';
import { isClaimToken } from './claim-token.js';

type Claim = z.infer<typeof claimInstallSchema>;

const refused = () =>
  new Refusal('claim_refused', 'this link does not work (any more); the process prints a fresh one at its next start');

@Injectable()
export class InstallCommands {
  constructor(private readonly pool: Pool) {}

  /** Makes the first admin. Works once: the row is locked before its state is read. */
  async claim(claim: Claim): Promise<CommandResult<string>> {
    if (!isClaimToken(claim.token, await tokenHash(this.pool, ''))) throw refused();
    const passwordHash = await hashPassword(claim.password);
    return runCommand(this.pool, async ({ client }) => {
      if (!isClaimToken(claim.token, await tokenHash(client, 'for update'))) throw refused();
      const person = randomUUID();
      await insertPerson(client, person, claim, passwordHash);
      await client.query(`insert into person_permission (person_id, permission) select $1, unnest($2::text[])`, [
        person,
        [...permissions],
      ]);
      await client.query(`update install_claim set claimed_at = now(), claimed_by = $1 where id = 1`, [person]);
      return person;
    });
  }
}

async function tokenHash(client: Pick<ClientBase, 'query'>, lock: '' | 'for update'): Promise<string> {
  const found = await client.query<{ token_hash: string }>(
    `select token_hash from install_claim where id = 1 and claimed_at is null ${lock}`,
  );
  return found.rows[0]?.token_hash ?? '';
}

async function insertPerson(client: ClientBase, person: string, claim: Claim, passwordHash: string): Promise<void> {
  await client.query(`insert into "user" ("id", "name", "email") values ($1, $2, $3)`, [
    person,
    claim.name,
    claim.email,
  ]);
  await client.query(
    `insert into "account" ("id", "accountId", "providerId", "userId", "password") values ($1, $2, 'credential', $2, $3)`,
    [randomUUID(), person, passwordHash],
  );
}
