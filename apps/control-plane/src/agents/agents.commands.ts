import { Injectable } from '@nestjs/common';
import type { ClientBase } from 'pg';
import type { z } from 'zod';
import type { Viewer } from '../authorisation/viewer.js';
import type { CommandResult, CommandTransaction } from '../change-log/command.js';
import { lockRows } from '../change-log/lock-rows.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Refusal } from '../platform/refusal.js';
import type { createAgentSchema, updateAgentSchema } from './agent.inputs.js';

type Status = 'active' | 'suspended' | 'retired';

@Injectable()
export class AgentsCommands {
  constructor(private readonly unit: UnitOfWork) {}

  create(by: Viewer, asked: z.infer<typeof createAgentSchema>): Promise<CommandResult<string>> {
    const { id, name, description, tags, owner } = asked;
    return this.unit.run(async ({ client, append }) => {
      if (owner !== null) await requirePerson(client, owner);
      const made = await client.query(
        'insert into agent (id, name, description, owner_id, tags) values ($1, $2, $3, $4, $5) on conflict do nothing',
        [id, name, description, owner ?? by.personId, tags],
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

  /** Cannot touch authority: the status stands in an object of its own. Guards are told the name, so only that is a change. */
  update({ id, name, description, owner, tags }: z.infer<typeof updateAgentSchema>): Promise<CommandResult<string>> {
    return this.unit.run(async ({ client, append }) => {
      const held = await lockRows(client, 'agent', [id]);
      if (!held.has(id)) throw new Refusal('not_found', `there is no agent ${id}`, { agent: id });
      if (owner !== null) await requirePerson(client, owner);
      await client.query(
        `update agent set name = coalesce($2, name), description = coalesce($3, description),
           owner_id = coalesce($4, owner_id), tags = coalesce($5, tags) where id = $1`,
        [id, name, description, owner, tags],
      );
      if (name !== null) append('agent', id, { name });
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

async function requirePerson(client: ClientBase, owner: string): Promise<void> {
  const found = await client.query('select 1 from "user" where id = $1', [owner]);
  if (found.rowCount === 0) throw new Refusal('not_found', `there is no person ${owner}`, { owner });
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
