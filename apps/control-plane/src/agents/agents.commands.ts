import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { Viewer } from '../authorisation/viewer.js';
import type { CommandResult, CommandTransaction } from '../change-log/command.js';
import { lockRows } from '../change-log/lock-rows.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Refusal } from '../platform/refusal.js';
import type { createAgentSchema, renameAgentSchema } from './agent.inputs.js';

type Status = 'active' | 'suspended' | 'retired';

@Injectable()
export class AgentsCommands {
  constructor(private readonly unit: UnitOfWork) {}

  create(by: Viewer, { id, name, description }: z.infer<typeof createAgentSchema>): Promise<CommandResult<string>> {
    return this.unit.run(async ({ client, append }) => {
      const made = await client.query(
        'insert into agent (id, name, description, owner_id) values ($1, $2, $3, $4) on conflict do nothing',
        [id, name, description, by.personId],
      );
      if (made.rowCount === 0) throw new Refusal('already_exists', `there is already an agent ${id}`, { agent: id });
      await client.query(`insert into agent_status (agent_id, status, changed_by) values ($1, 'active', $2)`, [
        id,
        by.email,
      ]);
      append('agent', id, { name });
      append('agent-status', id, { status: 'active' });
      return id;
    });
  }

  /** Cannot touch authority: the status stands in an object of its own. */
  rename({ id, name, description }: z.infer<typeof renameAgentSchema>): Promise<CommandResult<string>> {
    return this.unit.run(async ({ client, append }) => {
      const held = await lockRows(client, 'agent', [id]);
      if (!held.has(id)) throw new Refusal('not_found', `there is no agent ${id}`, { agent: id });
      await client.query('update agent set name = $2, description = coalesce($3, description) where id = $1', [
        id,
        name,
        description,
      ]);
      append('agent', id, { name });
      return id;
    });
  }

  suspend(by: Viewer, id: string): Promise<CommandResult<string>> {
    return this.unit.run(async (transaction) => {
      const status = await lockedStatus(transaction, id);
      if (status === 'suspended') throw new Refusal('conflict', `${id} is suspended already`, { agent: id, status });
      await writeStatus(transaction, { id, status: 'suspended', by });
      transaction.append('cut-off', id, { agent: id });
      return id;
    });
  }

  /** Tokens from before the suspension stay dead: their cut-off is a revision, and it stays. */
  resume(by: Viewer, id: string): Promise<CommandResult<string>> {
    return this.unit.run(async (transaction) => {
      const status = await lockedStatus(transaction, id);
      if (status === 'active') throw new Refusal('conflict', `${id} is not suspended`, { agent: id, status });
      await writeStatus(transaction, { id, status: 'active', by });
      return id;
    });
  }

  /** One way. */
  retire(by: Viewer, id: string): Promise<CommandResult<string>> {
    return this.unit.run(async (transaction) => {
      await lockedStatus(transaction, id);
      await writeStatus(transaction, { id, status: 'retired', by });
      transaction.append('cut-off', id, { agent: id });
      return id;
    });
  }
}

/** Locks, then reads; a retired agent is refused whatever was asked. */
async function lockedStatus({ client }: CommandTransaction, id: string): Promise<Status> {
  const held = await lockRows<{ status: Status }>(client, 'agent_status', [id]);
  const status = held.get(id)?.status;
  if (status === undefined) throw new Refusal('not_found', `there is no agent ${id}`, { agent: id });
  if (status === 'retired') throw new Refusal('retired', `${id} is retired for good`, { agent: id });
  return status;
}

async function writeStatus(
  { client, append }: CommandTransaction,
  change: { id: string; status: Status; by: Viewer },
): Promise<void> {
  const { id, status, by } = change;
  await client.query('update agent_status set status = $2, changed_by = $3, changed_at = now() where agent_id = $1', [
    id,
    status,
    by.email,
  ]);
  append('agent-status', id, { status });
}
