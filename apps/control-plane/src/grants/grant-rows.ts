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

const moment = (at: number | null) => (at === null ? null : new Date(at));

/** What a grant says, by column: what is written when it is made and when it is changed. */
const contentColumns: Readonly<Record<string, (grant: CreateGrant) => unknown>> = {
  role_id: ({ role }) => role,
  environment_id: ({ environment }) => environment,
  tool_id: ({ toolId }) => toolId,
  tool_class: ({ toolClass }) => toolClass,
  task: ({ task }) => task,
  constraints: ({ constraints }) => JSON.stringify(constraints),
  obligations: ({ obligations }) => JSON.stringify(obligations),
  not_before: ({ notBefore }) => moment(notBefore),
  not_after: ({ notAfter }) => moment(notAfter),
  stale_seconds: ({ staleSeconds }) => staleSeconds,
};
const columns = Object.keys(contentColumns).join(', ');
const content = (grant: CreateGrant) => Object.values(contentColumns).map((read) => read(grant));
const parameters = (from: number) => Object.keys(contentColumns).map((_, index) => `$${from + index}`);

export async function insertGrant(client: ClientBase, id: string, grant: CreateGrant, by: string): Promise<void> {
  await client.query(`insert into grants (id, created_by, ${columns}) values ($1, $2, ${parameters(3).join(', ')})`, [
    ...[id, by],
    ...content(grant),
  ]);
}

/** A grant that lives; its beginning, who made it and whether it is revoked are not its content. */
export async function updateGrant(client: ClientBase, id: string, grant: CreateGrant): Promise<void> {
  await client.query(
    `update grants set (${columns}) = (${parameters(2).join(', ')}) where id = $1 and revoked_at is null`,
    [id, ...content(grant)],
  );
}
