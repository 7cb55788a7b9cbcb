import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { Viewer } from '../authorisation/viewer.js';
import type { CommandResult } from '../change-log/command.js';
import { newId } from '../database/new-id.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Refusal } from '../platform/refusal.js';
import type { createApiTokenSchema } from './api-token.model.js';
import { newTokenText } from './token-text.js';

@Injectable()
export class ApiTokensCommands {
  constructor(private readonly unit: UnitOfWork) {}

  create(
    { personId }: Viewer,
    { name, days }: z.infer<typeof createApiTokenSchema>,
  ): Promise<CommandResult<{ readonly id: string; readonly token: string }>> {
    return this.unit.run(async ({ client }) => {
      const id = newId('at');
      const { token, prefix, hash } = newTokenText();
      await client.query(
        `insert into api_token (id, person_id, name, prefix, secret_hash, expires_at)
         values ($1, $2, $3, $4, $5, now() + make_interval(days => $6))`,
        [id, personId, name, prefix, hash, days],
      );
      return { id, token };
    });
  }

  /** One way. Somebody else's is not there. */
  revoke({ personId }: Viewer, id: string): Promise<CommandResult<string>> {
    return this.unit.run(async ({ client }) => {
      const found = await client.query<{ revokedAt: Date | null }>(
        `select revoked_at as "revokedAt" from api_token where id = $1 and person_id = $2 for update`,
        [id, personId],
      );
      const row = found.rows[0];
      if (row === undefined) throw new Refusal('not_found', `you have no API token ${id}`, { apiToken: id });
      if (row.revokedAt !== null) throw new Refusal('already_revoked', `${id} is revoked already`, { apiToken: id });
      await client.query('update api_token set revoked_at = now() where id = $1', [id]);
      return id;
    });
  }
}
