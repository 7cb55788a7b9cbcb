import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { AssignmentsQueries } from '../assignments/assignments.queries.js';
import { CredentialsQueries } from '../credentials/credentials.queries.js';
import { KillSwitchQueries } from '../kill-switch/kill-switch.queries.js';
import type { Agent } from './agent.model.js';
import { deniedLastDay, lastDecisions, owners } from './agent-parts.js';
import { rotationPolicies } from './rotation-policies.js';
import { stopsOn } from './stops-on.js';

type AgentRow = Pick<
  Agent,
  'id' | 'name' | 'description' | 'tags' | 'ownerGone' | 'host' | 'status' | 'demo' | 'createdAt'
> & {
  readonly ownerId: string | null;
};

const selection = `select a.id, a.name, a.description, a.tags, a.owner_id as "ownerId",
    not exists (select 1 from "user" u where u.id = a.owner_id) as "ownerGone", h.host_id as host, a.demo, a.created_at as "createdAt", s.status
  from agent a join agent_status s on s.agent_id = a.id left join agent_host h on h.agent_id = a.id`;

/** Parts of an agent that cost a query of their own. */
const parts = [
  'owner',
  'rotationPolicy',
  'credentials',
  'assignments',
  'lastDecisionAt',
  'deniedLastDay',
  'stoppedBy',
] as const;
const everything: ReadonlySet<string> = new Set(parts);

@Injectable()
export class AgentsQueries {
  constructor(
    private readonly pool: Pool,
    private readonly credentials: CredentialsQueries,
    private readonly assignments: AssignmentsQueries,
    private readonly killSwitches: KillSwitchQueries,
  ) {}

  /** `wanted` names the parts that will be looked at; the others stay empty. */
  async all(wanted: ReadonlySet<string>): Promise<Agent[]> {
    const found = await this.pool.query<AgentRow>(`${selection} order by a.created_at, a.id`);
    return this.withParts(found.rows, wanted);
  }

  async one(id: string): Promise<Agent | null> {
    const found = await this.pool.query<AgentRow>(`${selection} where a.id = $1`, [id]);
    const [agent] = await this.withParts(found.rows, everything);
    return agent ?? null;
  }

  async existing(id: string): Promise<Agent> {
    const agent = await this.one(id);
    if (agent === null) throw new Error(`agent ${id} is gone`);
    return agent;
  }

  /** One query a part for the whole set, before the answer is built: a promise in each field of 10,000 agents takes seconds. */
  private async withParts(rows: readonly AgentRow[], wanted: ReadonlySet<string>): Promise<Agent[]> {
    const ids = rows.map((row) => row.id);
    const load = <T>(part: (typeof parts)[number], read: () => Promise<T>) => (wanted.has(part) ? read() : undefined);
    const needsHeld = wanted.has('assignments') || wanted.has('stoppedBy');
    const [people, policies, credentials, held, last, denied, engaged] = await Promise.all([
      load('owner', () => owners(this.pool, ids)),
      load('rotationPolicy', () => rotationPolicies(this.pool, ids)),
      load('credentials', () => this.credentials.ofAgents(ids)),
      needsHeld ? this.assignments.ofAgents(ids) : undefined,
      load('lastDecisionAt', () => lastDecisions(this.pool, ids)),
      load('deniedLastDay', () => deniedLastDay(this.pool)),
      load('stoppedBy', () => this.killSwitches.engaged()),
    ]);
    return rows.map(({ ownerId, ...row }) => ({
      ...row,
      owner: ownerId === null ? null : (people?.get(ownerId) ?? null),
      rotationPolicy: policies?.get(row.id) ?? null,
      credentials: credentials?.get(row.id) ?? [],
      assignments: held?.get(row.id) ?? [],
      lastDecisionAt: last?.get(row.id) ?? null,
      deniedLastDay: denied?.get(row.id) ?? 0,
      stoppedBy: stopsOn(row.id, engaged ?? [], held?.get(row.id) ?? []),
    }));
  }
}
