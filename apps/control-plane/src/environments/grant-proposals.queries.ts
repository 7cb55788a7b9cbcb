import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { EnvironmentsQueries } from './environments.queries.js';
import type { GrantProposal, GrantProposals, WouldDeny } from './grant-proposals.model.js';

interface Span {
  readonly since: Date;
  readonly until: Date;
}

const within = `from decision d join server s on s.id = d.server_id and s.environment_id = $1
  where d.observed_reason is not null and d.at >= $2 and d.at < $3`;

const tallies = `select d.observed_outcome as outcome, d.observed_reason as reason, count(*)::int as calls ${within}
  group by 1, 2 order by 3 desc, 2, 1`;

/** A token for a wider task serves a grant that asks for a lesser one. */
const covers = `array_position(array['lookup', 'update', 'execute'], g.task) <= array_position(array['lookup', 'update', 'execute'], seen.task)`;

/** A tool that is destructive now, or without a class, was never let run, or must not be from now on. */
const proposals = `select seen.role, t.id as "toolId", t.classes, seen.task, seen.calls, seen.agents[1:20] as agents,
    cardinality(seen.agents) as "agentCount", seen."firstAt", seen."lastAt"
  from (select d.role, d.task, d.server_id as server, d.tool, count(*)::int as calls,
          array_agg(distinct d.agent order by d.agent) as agents, min(d.at) as "firstAt", max(d.at) as "lastAt"
        ${within} and d.observed_reason = 'no_grant' group by 1, 2, 3, 4) seen
  join tool t on t.server_id = seen.server and t.name = seen.tool
  join role r on r.id = seen.role
  where cardinality(t.classes) > 0 and not 'destructive' = any(t.classes) and seen.task in ('lookup', 'update', 'execute')
    and not exists (select 1 from grants g where g.role_id = seen.role and g.environment_id = $1 and g.revoked_at is null
      and (g.tool_id = t.id or g.tool_class = any(t.classes)) and ${covers} and coalesce(g.not_after > now(), true))
  order by seen.calls desc, seen.role, t.id, seen.task limit 200`;

@Injectable()
export class GrantProposalsQueries {
  constructor(
    private readonly pool: Pool,
    private readonly environments: EnvironmentsQueries,
  ) {}

  async of(environment: string): Promise<GrantProposals> {
    await this.environments.one(environment);
    const found = await this.pool.query<Span>(
      `select started_at as since, coalesce(ended_at, observe_until) as until from observation
       where environment_id = $1 order by started_at desc limit 1`,
      [environment],
    );
    const span = found.rows[0];
    if (span === undefined) return { since: null, until: null, wouldDeny: [], proposals: [] };
    const values = [environment, span.since, span.until];
    const seen = await this.pool.query<WouldDeny>(tallies, values);
    const proposed = await this.pool.query<GrantProposal>(proposals, values);
    return { ...span, wouldDeny: seen.rows, proposals: proposed.rows };
  }
}
