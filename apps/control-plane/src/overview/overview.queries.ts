import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { ConvergenceQueries } from '../convergence/convergence.queries.js';
import { once } from '../graphql/later.js';
import { KillSwitchQueries } from '../kill-switch/kill-switch.queries.js';
import type { DecisionCounts, Overview } from './overview.model.js';

@Injectable()
export class OverviewQueries {
  constructor(
    private readonly pool: Pool,
    private readonly convergence: ConvergenceQueries,
    private readonly killSwitches: KillSwitchQueries,
  ) {}

  async overview(): Promise<Overview> {
    const found = await this.pool.query<{ revision: string; agents: number; servers: number }>(
      `select (select revision from change_counter) as revision,
         (select count(*)::int from agent_status where status <> 'retired') as agents, (select count(*)::int from server) as servers`,
    );
    const [row] = found.rows;
    const revision = Number(row?.revision ?? 0);
    const [engaged, convergence, lastHour] = [
      once(() => this.killSwitches.engaged()),
      once(() => this.convergence.of(revision)),
      once(() => this.lastHour()),
    ];
    return {
      revision,
      agents: row?.agents ?? 0,
      servers: row?.servers ?? 0,
      get engaged() {
        return engaged();
      },
      get convergence() {
        return convergence();
      },
      get lastHour() {
        return lastHour();
      },
    };
  }

  private async lastHour(): Promise<DecisionCounts> {
    const found = await this.pool.query<DecisionCounts>(
      `select count(*) filter (where outcome = 'allow' and not is_aborted)::int as allowed, count(*) filter (where outcome = 'deny')::int as denied,
         count(*) filter (where outcome = 'hold')::int as held, count(*) filter (where is_aborted)::int as aborted
       from (select outcome, coalesce(result in ('aborted', 'already-done'), false) as is_aborted
             from decision where received_at > now() - interval '1 hour') d`,
    );
    return found.rows[0] ?? { allowed: 0, denied: 0, held: 0, aborted: 0 };
  }
}
