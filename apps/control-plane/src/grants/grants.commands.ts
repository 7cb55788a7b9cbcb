import { Injectable } from '@nestjs/common';
import type { ClientBase } from 'pg';
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

async function requireParts(client: ClientBase, { role, environment, toolId }: CreateGrant): Promise<void> {
  if (!(await lockRows(client, 'role', [role])).has(role))
    throw new Refusal('not_found', `there is no role ${role}`, { role });
  if (!(await lockRows(client, 'environment', [environment])).has(environment))
    throw new Refusal('not_found', `there is no environment ${environment}`, { environment });
  if (toolId === null) return;
  const tool = (await lockRows<{ server_id: string }>(client, 'tool', [toolId])).get(toolId);
  if (tool === undefined) throw new Refusal('not_found', `there is no tool ${toolId}`, { toolId });
  const server = await client.query('select 1 from server where id = $1 and environment_id = $2', [
    tool.server_id,
    environment,
  ]);
  if (server.rowCount === 1) return;
  const message = `${toolId} is not in ${environment}`;
  throw new Refusal('input_invalid', `toolId: ${message}`, { fields: [{ path: 'toolId', message }] });
}

async function insertGrant(client: ClientBase, id: string, grant: CreateGrant, by: string): Promise<void> {
  const moment = (at: number | null) => (at === null ? null : new Date(at));
  await client.query(
    `insert into grants (id, role_id, environment_id, tool_id, tool_class, task, constraints, obligations, not_before, not_after, stale_seconds, created_by)
     values ($1, $2, $3, $4, $5, $6, $7::jsonb, $8::jsonb, $9, $10, $11, $12)`,
    [
      id,
      grant.role,
      grant.environment,
      grant.toolId,
      grant.toolClass,
      grant.task,
      JSON.stringify(grant.constraints),
      JSON.stringify(grant.obligations),
      moment(grant.notBefore),
      moment(grant.notAfter),
      grant.staleSeconds,
      by,
    ],
  );
}
