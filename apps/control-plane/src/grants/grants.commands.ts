import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { Viewer } from '../authorisation/viewer.js';
import type { CommandResult } from '../change-log/command.js';
import { lockRows } from '../change-log/lock-rows.js';
import { newId } from '../database/new-id.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { requireDirectories } from '../directories/named-directories.js';
import { Refusal } from '../platform/refusal.js';
import type { createGrantSchema } from './create-grant.input.js';
import { grantValue } from './grant.projection.js';
import { insertGrant, requireParts } from './grant-rows.js';

type CreateGrant = z.infer<typeof createGrantSchema>;

@Injectable()
export class GrantsCommands {
  constructor(private readonly unit: UnitOfWork) {}

  create(by: Viewer, grant: CreateGrant): Promise<CommandResult<string>> {
    return this.unit.run(async ({ client, append }) => {
      await requireParts(client, grant);
      await requireDirectories(client, grant.environment, grant);
      const id = newId('gr');
      await insertGrant(client, id, grant, by.email);
      append('grant', id, grantValue(grant));
      return id;
    });
  }

  /** One way: a revoked grant never lives again. */
  revoke(id: string): Promise<CommandResult<string>> {
    return this.unit.run(async ({ client, append }) => {
      const held = await lockRows<{ revoked_at: Date | null }>(client, 'grants', [id]);
      const row = held.get(id);
      if (row === undefined) throw new Refusal('not_found', `there is no grant ${id}`, { grant: id });
      if (row.revoked_at !== null) throw new Refusal('already_revoked', `${id} is revoked already`, { grant: id });
      await client.query('update grants set revoked_at = now() where id = $1', [id]);
      append('grant', id, null);
      return id;
    });
  }
}
