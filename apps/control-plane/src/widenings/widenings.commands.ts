import { tasks, type Task } from '@portcullis/contracts';
import { Injectable } from '@nestjs/common';
import type { ClientBase } from 'pg';
import type { z } from 'zod';
import { assignmentWindowSql } from '../assignments/window.js';
import type { Viewer } from '../authorisation/viewer.js';
import type { CommandResult } from '../change-log/command.js';
import { lockRows } from '../change-log/lock-rows.js';
import { newId } from '../database/new-id.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { requireDirectories } from '../directories/named-directories.js';
import { grantValue } from '../grants/grant.projection.js';
import { Refusal } from '../platform/refusal.js';
import type { widenConversationSchema } from './widen-conversation.input.js';

type Widen = z.infer<typeof widenConversationSchema>;

interface Conversation {
  readonly agent_id: string;
  readonly tasks: readonly Task[];
  readonly environment_id: string | null;
  readonly status: string;
  readonly left_feed: boolean;
  readonly expires_at: Date;
}

@Injectable()
export class WideningsCommands {
  constructor(private readonly unit: UnitOfWork) {}

  /** A grant that holds in one conversation alone, and no longer than that. */
  widen(by: Viewer, input: Widen): Promise<CommandResult<string>> {
    return this.unit.run(async ({ client, append }) => {
      const environment = await environmentOf(client, input.toolId);
      const conversation = await openConversation(client, input, environment);
      const role = await roleOf(client, conversation.agent_id, environment, input.role);
      await requireDirectories(client, environment, input);
      const id = newId('gr');
      const notAfter = await insertWidening(client, id, { ...input, role, environment, by: by.email });
      const { toolId, task, constraints, obligations } = input;
      const limits = { notBefore: null, notAfter: notAfter.getTime(), staleSeconds: 0 };
      const value = grantValue({
        role,
        environment,
        toolId,
        toolClass: null,
        task,
        constraints,
        obligations,
        ...limits,
      });
      append('grant', id, { ...value, conversation: { id: input.conversation, agent: conversation.agent_id } });
      return id;
    });
  }
}

/** They all end in the one revision in which the conversation is closed (P-B2). */
const mostWidenings = 100;

function invalid(path: string, message: string): Refusal {
  return new Refusal('input_invalid', `${path}: ${message}`, { fields: [{ path, message }] });
}

async function environmentOf(client: ClientBase, toolId: string): Promise<string> {
  const tool = (await lockRows<{ server_id: string }>(client, 'tool', [toolId])).get(toolId);
  if (tool === undefined) throw new Refusal('not_found', `there is no tool ${toolId}`, { toolId });
  const server = await client.query<{ environment_id: string }>('select environment_id from server where id = $1', [
    tool.server_id,
  ]);
  return server.rows[0]?.environment_id ?? '';
}

const rank = (task: Task): number => tasks.indexOf(task);

/** Locked: a closing that comes at the same time waits, or this is refused. */
async function openConversation(client: ClientBase, input: Widen, environment: string): Promise<Conversation> {
  const { conversation: id, task, toolId } = input;
  const row = (await lockRows<Conversation>(client, 'conversation', [id])).get(id);
  if (row === undefined) throw new Refusal('not_found', `there is no conversation ${id}`, { conversation: id });
  const { rows } = await client.query<{ over: boolean }>('select $1::timestamptz <= now() as over', [row.expires_at]);
  if (row.status !== 'open' || row.left_feed || rows[0]?.over !== false)
    throw new Refusal('conflict', `conversation ${id} is over`, { conversation: id });
  if ((row.environment_id ?? environment) !== environment)
    throw invalid('toolId', `${toolId} is in ${environment}, and the conversation is bound to ${row.environment_id}`);
  await refuseTooMany(client, id);
  if (!row.tasks.some((one) => rank(one) >= rank(task)))
    throw invalid('task', `the conversation was opened for ${row.tasks.join(', ')}, so no token for it covers ${task}`);
  return row;
}

async function refuseTooMany(client: ClientBase, id: string): Promise<void> {
  const live = await client.query<{ count: number }>(
    'select count(*)::int as count from grants where conversation_id = $1 and revoked_at is null',
    [id],
  );
  if ((live.rows[0]?.count ?? 0) >= mostWidenings)
    throw new Refusal('conflict', `conversation ${id} is widened ${mostWidenings} times already`, { conversation: id });
}

async function roleOf(client: ClientBase, agent: string, environment: string, asked: string | null): Promise<string> {
  const found = await client.query<{ role: string }>(
    `select distinct a.role_id as role from assignment a
     where a.agent_id = $1 and a.environment_id = $2 and ${assignmentWindowSql('a')} order by 1`,
    [agent, environment],
  );
  const held = found.rows.map(({ role }) => role);
  if (asked !== null && held.includes(asked)) return asked;
  if (asked !== null) throw invalid('role', `${agent} does not hold ${asked} in ${environment}`);
  const [role, ...others] = held;
  if (role === undefined) throw invalid('role', `${agent} holds no role in ${environment}; assign one first`);
  if (others.length > 0) throw invalid('role', `${agent} holds ${held.join(', ')} in ${environment}; name one`);
  return role;
}

interface Insert extends Widen {
  readonly role: string;
  readonly environment: string;
  readonly by: string;
}

async function insertWidening(client: ClientBase, id: string, widening: Insert): Promise<Date> {
  const { role, environment, toolId, task, constraints, obligations, minutes, conversation, reason, by } = widening;
  const made = await client.query<{ not_after: Date }>(
    `insert into grants (id, role_id, environment_id, tool_id, task, constraints, obligations, not_after, conversation_id, reason, created_by)
     select $1, $2, $3, $4, $5, $6::jsonb, $7::jsonb, least(now() + make_interval(mins => $8), v.expires_at), v.id, $10, $11
     from conversation v where v.id = $9 returning not_after`,
    [
      ...[id, role, environment, toolId, task, JSON.stringify(constraints), JSON.stringify(obligations)],
      ...[minutes, conversation, reason, by],
    ],
  );
  const [row] = made.rows;
  if (row === undefined) throw new Error(`conversation ${conversation} is gone`);
  return row.not_after;
}
