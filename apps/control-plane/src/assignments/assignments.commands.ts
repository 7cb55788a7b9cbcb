import { Injectable } from '@nestjs/common';
import type { ClientBase } from 'pg';
import type { z } from 'zod';
import type { Viewer } from '../authorisation/viewer.js';
import type { CommandResult, CommandTransaction } from '../change-log/command.js';
import { lockRows } from '../change-log/lock-rows.js';
import { newId } from '../database/new-id.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Refusal } from '../platform/refusal.js';
import type { assignRoleSchema } from './assign-role.input.js';
import type { Assignment } from './assignment.model.js';
import { refuseUnderEngagement } from './engaged-over.js';
import { windowState } from './window.js';

type AssignRole = z.infer<typeof assignRoleSchema>;

@Injectable()
export class AssignmentsCommands {
  constructor(private readonly unit: UnitOfWork) {}

  assign(by: Viewer, asked: AssignRole): Promise<CommandResult<Assignment>> {
    const { agent, role, environment } = asked;
    return this.unit.run(async ({ client, append }) => {
      const held = await lockRows<{ status: string }>(client, 'agent_status', [agent]);
      const status = held.get(agent)?.status;
      if (status === undefined) throw new Refusal('not_found', `there is no agent ${agent}`, { agent });
      if (status === 'retired') throw new Refusal('retired', `${agent} is retired for good`, { agent });
      await requireRoleAndEnvironment(client, role, environment);
      await removeEnded(client, append, asked);
      const id = newId('as');
      await insert(client, id, asked, by.email);
      const { notBefore, notAfter } = asked;
      append('assignment', id, { agent, role, environment, notBefore, notAfter });
      return { id, ...asked, state: windowState(asked, Date.now()) };
    });
  }

  /** A token in hand is worth nothing at once: guards ask for the assignment at every call, and of calls in flight. */
  remove(id: string): Promise<CommandResult<string>> {
    return this.unit.run(async ({ client, append }) => {
      const held = await lockRows<{ removed_at: Date | null }>(client, 'assignment', [id]);
      const row = held.get(id);
      if (row === undefined) throw new Refusal('not_found', `there is no assignment ${id}`, { assignment: id });
      if (row.removed_at !== null) throw new Refusal('already_revoked', `${id} is removed already`, { assignment: id });
      await client.query('update assignment set removed_at = now() where id = $1', [id]);
      await refuseUnderEngagement(client, id);
      append('assignment', id, null);
      return id;
    });
  }
}

/** One that has ended but was not swept yet does not stand in the way of the next. */
async function removeEnded(
  client: ClientBase,
  append: CommandTransaction['append'],
  { agent, role, environment }: AssignRole,
): Promise<void> {
  const ended = await client.query<{ id: string }>(
    `update assignment set removed_at = now() where agent_id = $1 and role_id = $2 and environment_id = $3
       and removed_at is null and not_after <= now() returning id`,
    [agent, role, environment],
  );
  for (const { id } of ended.rows) append('assignment', id, null);
}

async function insert(client: ClientBase, id: string, asked: AssignRole, by: string): Promise<void> {
  const { agent, role, environment } = asked;
  const moment = (at: number | null) => (at === null ? null : new Date(at));
  const made = await client.query(
    `insert into assignment (id, agent_id, role_id, environment_id, created_by, not_before, not_after)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (agent_id, role_id, environment_id) where removed_at is null do nothing`,
    [id, agent, role, environment, by, moment(asked.notBefore), moment(asked.notAfter)],
  );
  if (made.rowCount === 0)
    throw new Refusal('already_exists', `${agent} holds ${role} in ${environment} already`, {
      agent,
      role,
      environment,
    });
}

async function requireRoleAndEnvironment(client: ClientBase, role: string, environment: string): Promise<void> {
  const roles = await lockRows(client, 'role', [role]);
  if (!roles.has(role)) throw new Refusal('not_found', `there is no role ${role}`, { role });
  const environments = await lockRows(client, 'environment', [environment]);
  if (!environments.has(environment))
    throw new Refusal('not_found', `there is no environment ${environment}`, { environment });
}
