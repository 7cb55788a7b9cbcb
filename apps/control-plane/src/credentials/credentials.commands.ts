import type { FeedValue } from '@portcullis/contracts';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { Viewer } from '../authorisation/viewer.js';
import type { CommandResult } from '../change-log/command.js';
import { lockRows } from '../change-log/lock-rows.js';
import { newId } from '../database/new-id.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Refusal } from '../platform/refusal.js';
import { newClientSecret } from './client-secret.js';
import type { issueCredentialSchema } from './issue-credential.input.js';

export interface Issued {
  readonly id: string;
  readonly secret: string;
}

@Injectable()
export class CredentialsCommands {
  constructor(private readonly unit: UnitOfWork) {}

  /** Locks the agent's status: an issue that meets a retirement waits for it, and is then refused. */
  issue(by: Viewer, { agent, expiresAt }: z.infer<typeof issueCredentialSchema>): Promise<CommandResult<Issued>> {
    return this.unit.run(async ({ client, append }) => {
      const held = await lockRows<{ status: string }>(client, 'agent_status', [agent]);
      const status = held.get(agent)?.status;
      if (status === undefined) throw new Refusal('not_found', `there is no agent ${agent}`, { agent });
      if (status === 'retired') throw new Refusal('retired', `${agent} is retired for good`, { agent });
      if (expiresAt !== null && expiresAt <= Date.now())
        throw new Refusal('input_invalid', 'expiresAt: is in the past', {
          fields: [{ path: 'expiresAt', message: 'is in the past' }],
        });
      const id = newId('cr');
      const { secret, prefix, hash } = newClientSecret();
      const expires = expiresAt === null ? null : new Date(expiresAt);
      await client.query(
        'insert into credential (id, agent_id, prefix, secret_hash, created_by, expires_at) values ($1, $2, $3, $4, $5, $6)',
        [id, agent, prefix, hash, by.email, expires],
      );
      append('credential', id, { agent, status: 'active', expiresAt });
      return { id, secret };
    });
  }

  /** One way: a revoked credential never lives again. */
  revoke(by: Viewer, id: string): Promise<CommandResult<string>> {
    return this.unit.run(async ({ client, append }) => {
      const held = await lockRows<{ agent_id: string; expires_at: Date | null }>(client, 'credential', [id]);
      const row = held.get(id);
      if (row === undefined) throw new Refusal('not_found', `there is no credential ${id}`, { credential: id });
      const made = await client.query(
        'insert into credential_revocation (credential_id, revoked_by) values ($1, $2) on conflict do nothing',
        [id, by.email],
      );
      if (made.rowCount === 0) throw new Refusal('already_revoked', `${id} is revoked already`, { credential: id });
      const value: FeedValue<'credential'> = {
        agent: row.agent_id,
        status: 'revoked',
        expiresAt: row.expires_at?.getTime() ?? null,
      };
      append('credential', id, value);
      return id;
    });
  }
}
