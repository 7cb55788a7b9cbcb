import { overlapSeconds } from '@portcullis/contracts';
import { Injectable } from '@nestjs/common';
import type { ClientBase } from 'pg';
import { z } from 'zod';
import type { Viewer } from '../authorisation/viewer.js';
import type { CommandResult } from '../change-log/command.js';
import { lockRows } from '../change-log/lock-rows.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Refusal } from '../platform/refusal.js';

const longestInterval = 10 * 366 * 86_400;

export const rotationPolicySchema = z
  .object({
    agent: z.string(),
    intervalSeconds: z.int().min(1).max(longestInterval),
    overlapSeconds: z.int().min(overlapSeconds.least).max(overlapSeconds.most),
    warnSeconds: z.int().min(0).max(longestInterval),
  })
  .refine(({ intervalSeconds, warnSeconds }) => warnSeconds <= intervalSeconds, {
    path: ['warnSeconds'],
    message: 'is longer than the interval',
  });

/** What only the control plane acts on: guards are told nothing of it, and the revision stays. */
@Injectable()
export class AgentSettingsCommands {
  constructor(private readonly unit: UnitOfWork) {}

  /** Who may open conversations for an agent with its own credential; never the agent itself (P-F3). */
  setHost(by: Viewer, agent: string, host: string | null): Promise<CommandResult<string>> {
    return this.unit.run(async ({ client }) => {
      await lockedAgents(client, host === null ? [agent] : [agent, host]);
      if (host === agent)
        throw new Refusal('input_invalid', 'host: an agent cannot be its own host', {
          fields: [{ path: 'host', message: 'an agent cannot be its own host' }],
        });
      if (host === null) await client.query('delete from agent_host where agent_id = $1', [agent]);
      else
        await client.query(
          `insert into agent_host (agent_id, host_id, set_by) values ($1, $2, $3)
           on conflict (agent_id) do update set host_id = excluded.host_id, set_by = excluded.set_by, set_at = now()`,
          [agent, host, by.email],
        );
      return agent;
    });
  }

  setRotationPolicy(by: Viewer, policy: z.infer<typeof rotationPolicySchema>): Promise<CommandResult<string>> {
    const { agent, intervalSeconds, overlapSeconds: overlap, warnSeconds } = policy;
    return this.unit.run(async ({ client }) => {
      await lockedAgents(client, [agent]);
      await client.query(
        `insert into rotation_policy (agent_id, interval_seconds, overlap_seconds, warn_seconds, set_by) values ($1, $2, $3, $4, $5)
         on conflict (agent_id) do update set interval_seconds = excluded.interval_seconds, overlap_seconds = excluded.overlap_seconds,
           warn_seconds = excluded.warn_seconds, set_by = excluded.set_by, set_at = now()`,
        [agent, intervalSeconds, overlap, warnSeconds, by.email],
      );
      return agent;
    });
  }

  removeRotationPolicy(agent: string): Promise<CommandResult<string>> {
    return this.unit.run(async ({ client }) => {
      await lockedAgents(client, [agent]);
      const removed = await client.query('delete from rotation_policy where agent_id = $1', [agent]);
      if (removed.rowCount === 0) throw new Refusal('not_found', `${agent} has no rotation policy`, { agent });
      return agent;
    });
  }
}

async function lockedAgents(client: ClientBase, agents: readonly string[]): Promise<void> {
  const held = await lockRows<{ status: string }>(client, 'agent_status', agents);
  for (const agent of agents) {
    const status = held.get(agent)?.status;
    if (status === undefined) throw new Refusal('not_found', `there is no agent ${agent}`, { agent });
    if (status === 'retired') throw new Refusal('retired', `${agent} is retired for good`, { agent });
  }
}
