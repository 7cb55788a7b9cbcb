import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { AssignmentsQueries } from '../assignments/assignments.queries.js';
import { CredentialsQueries } from '../credentials/credentials.queries.js';
import { once } from '../graphql/later.js';
import { KillSwitchQueries } from '../kill-switch/kill-switch.queries.js';
import type { Agent } from './agent.model.js';
import { deniedLastDay, lastDecisions, owners } from './agent-parts.js';
import { stopsOn } from './stops-on.js';

type AgentRow = Pick<Agent, 'id' | 'name' | 'description' | 'status' | 'demo' | 'createdAt'> & {
  readonly ownerId: string | null;
};

const selection = `select a.id, a.name, a.description, a.owner_id as "ownerId", a.demo, a.created_at as "createdAt", s.status
  from agent a join agent_status s on s.agent_id = a.id`;

@Injectable()
export class AgentsQueries {
  constructor(
    private readonly pool: Pool,
    private readonly credentials: CredentialsQueries,
    private readonly assignments: AssignmentsQueries,
    private readonly killSwitches: KillSwitchQueries,
  ) {}

  async all(): Promise<Agent[]> {
    const found = await this.pool.query<AgentRow>(`${selection} order by a.created_at, a.id`);
    return this.withParts(found.rows);
  }

  async one(id: string): Promise<Agent | null> {
    const found = await this.pool.query<AgentRow>(`${selection} where a.id = $1`, [id]);
    return this.withParts(found.rows)[0] ?? null;
  }

  async existing(id: string): Promise<Agent> {
    const agent = await this.one(id);
    if (agent === null) throw new Error(`agent ${id} is gone`);
    return agent;
  }

  /** Each part is one query for the whole set, run when the first agent is asked for it. */
  private withParts(rows: readonly AgentRow[]): Agent[] {
    const ids = rows.map((row) => row.id);
    const credentials = once(() => this.credentials.ofAgents(ids));
    const assignments = once(() => this.assignments.ofAgents(ids));
    const engaged = once(() => this.killSwitches.engaged());
    const people = once(() => owners(this.pool, ids));
    const last = once(() => lastDecisions(this.pool, ids));
    const denied = once(() => deniedLastDay(this.pool));
    return rows.map(({ ownerId, ...row }) => ({
      ...row,
      get owner() {
        return ownerId === null ? null : people().then((found) => found.get(ownerId) ?? null);
      },
      get credentials() {
        return credentials().then((found) => found.get(row.id) ?? []);
      },
      get assignments() {
        return assignments().then((found) => found.get(row.id) ?? []);
      },
      get lastDecisionAt() {
        return last().then((found) => found.get(row.id) ?? null);
      },
      get deniedLastDay() {
        return denied().then((found) => found.get(row.id) ?? 0);
      },
      get stoppedBy() {
        return Promise.all([engaged(), assignments()]).then(([stops, held]) =>
          stopsOn(row.id, stops, held.get(row.id) ?? []),
        );
      },
    }));
  }
}
