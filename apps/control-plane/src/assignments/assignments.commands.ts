import { Injectable } from '@nestjs/common';
import type { ClientBase } from 'pg';
import type { Viewer } from '../authorisation/viewer.js';
import type { CommandResult } from '../change-log/command.js';
import { lockRows } from '../change-log/lock-rows.js';
import { newId } from '../database/new-id.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Refusal } from '../platform/refusal.js';
import type { AssignRoleInput, Assignment } from './assignment.model.js';

@Injectable()
export class AssignmentsCommands {
  constructor(private readonly unit: UnitOfWork) {}

  assign(by: Viewer, { agent, role, environment }: AssignRoleInput): Promise<CommandResult<Assignment>> {
    return this.unit.run(async ({ client, append }) => {
      const held = await lockRows<{ status: string }>(client, 'agent_status', [agent]);
      const status = held.get(agent)?.status;
      if (status === undefined) throw new Refusal('not_found', `there is no agent ${agent}`, { agent });
      if (status === 'retired') throw new Refusal('retired', `${agent} is retired for good`, { agent });
      await requireRoleAndEnvironment(client, role, environment);
      const assignment = { id: newId('as'), agent, role, environment };
      const made = await client.query(
        `insert into assignment (id, agent_id, role_id, environment_id, created_by) values ($1, $2, $3, $4, $5)
         on conflict (agent_id, role_id, environment_id) where removed_at is null do nothing`,
        [assignment.id, agent, role, environment, by.email],
      );
      if (made.rowCount === 0)
        throw new Refusal('already_exists', `${agent} holds ${role} in ${environment} already`, {
          agent,
          role,
          environment,
        });
      append('assignment', assignment.id, { agent, role, environment });
      return assignment;
    });
  }

  remove(id: string): Promise<CommandResult<string>> {
    return this.unit.run(async ({ client, append }) => {
      const held = await lockRows<{ removed_at: Date | null }>(client, 'assignment', [id]);
      const row = held.get(id);
      if (row === undefined) throw new Refusal('not_found', `there is no assignment ${id}`, { assignment: id });
      if (row.removed_at !== null) throw new Refusal('already_revoked', `${id} is removed already`, { assignment: id });
      await client.query('update assignment set removed_at = now() where id = $1', [id]);
      append('assignment', id, null);
      return id;
    });
  }
}

async function requireRoleAndEnvironment(client: ClientBase, role: string, environment: string): Promise<void> {
  const roles = await lockRows(client, 'role', [role]);
  if (!roles.has(role)) throw new Refusal('not_found', `there is no role ${role}`, { role });
  const environments = await lockRows(client, 'environment', [environment]);
  if (!environments.has(environment))
    throw new Refusal('not_found', `there is no environment ${environment}`, { environment });
}
