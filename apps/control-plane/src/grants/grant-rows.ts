import type { ClientBase } from 'pg';
import type { z } from 'zod';
import { lockRows } from '../change-log/lock-rows.js';
import { Refusal } from '../platform/refusal.js';
import type { createGrantSchema } from './create-grant.input.js';

type CreateGrant = z.infer<typeof createGrantSchema>;

/** Refuses a grant whose role, environment or tool is not there, or whose tool is elsewhere. Locks them. */
export async function requireParts(client: ClientBase, { role, environment, toolId }: CreateGrant): Promise<void> {
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

export async function insertGrant(client: ClientBase, id: string, grant: CreateGrant, by: string): Promise<void> {
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

/** A grant that lives; its beginning, who made it and whether it is revoked are not its content. */
export async function updateGrant(client: ClientBase, id: string, grant: CreateGrant): Promise<void> {
  const moment = (at: number | null) => (at === null ? null : new Date(at));
  await client.query(
    `update grants set role_id = $2, environment_id = $3, tool_id = $4, tool_class = $5, task = $6, constraints = $7::jsonb,
       obligations = $8::jsonb, not_before = $9, not_after = $10, stale_seconds = $11 where id = $1 and revoked_at is null`,
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
    ],
  );
}
