import type { KillSwitchScope } from '@portcullis/contracts';
import type { Pool } from 'pg';
import { resolvesTarget } from './engage-target.js';
import type { KillSwitchReach } from './kill-switch-reach.model.js';

/** A condition on each of the three tables, with the target as `$1`. */
interface Conditions {
  readonly tools: string;
  readonly agents: string;
  readonly decisions: string;
}

const classOf = `($1 = any(t.classes) or (t.classes = '{}' and $1 = 'destructive'))`;
const holdsWhere = (condition: string) =>
  `exists (select 1 from assignment a where a.agent_id = g.agent_id and a.removed_at is null and ${condition})`;
const toolWhere = (condition: string) =>
  `exists (select 1 from tool t join server s on s.id = t.server_id where t.server_id = d.server_id and t.name = d.tool and ${condition})`;
const inRoleOf = (condition: string) =>
  `exists (select 1 from assignment a where a.environment_id = s.environment_id and a.removed_at is null and ${condition})`;
const never = '$1::text is null';

const conditions: Readonly<Record<KillSwitchScope, Conditions>> = {
  everything: { tools: '$1 = $1', agents: '$1 = $1', decisions: '$1 = $1' },
  environment: {
    tools: 's.environment_id = $1',
    agents: holdsWhere('a.environment_id = $1'),
    decisions: toolWhere('s.environment_id = $1'),
  },
  'tool-class': {
    tools: classOf,
    agents: holdsWhere(
      `a.environment_id in (select s.environment_id from tool t join server s on s.id = t.server_id where ${classOf})`,
    ),
    decisions: toolWhere(classOf),
  },
  server: {
    tools: 's.id = $1',
    agents: holdsWhere('a.environment_id in (select environment_id from server where id = $1)'),
    decisions: 'd.server_id = $1',
  },
  tool: {
    tools: 't.id = $1',
    agents: holdsWhere(
      'a.environment_id in (select s.environment_id from tool t join server s on s.id = t.server_id where t.id = $1)',
    ),
    decisions: `d.server_id || '/' || d.tool = $1`,
  },
  agent: { tools: inRoleOf('a.agent_id = $1'), agents: 'g.agent_id = $1', decisions: 'd.agent = $1' },
  role: { tools: inRoleOf('a.role_id = $1'), agents: holdsWhere('a.role_id = $1'), decisions: 'd.role = $1' },
  user: { tools: never, agents: `g.agent_id = split_part($1, ' ', 1)`, decisions: never },
  conversation: { tools: never, agents: never, decisions: never },
};

/** What a kill switch would stop now. A call allowed in the last ten minutes without an outcome counts as in flight. */
export async function reachOf(pool: Pool, scope: KillSwitchScope, target: string): Promise<KillSwitchReach> {
  const { tools, agents, decisions } = conditions[scope];
  const found = await pool.query<Omit<KillSwitchReach, 'resolves'>>(
    `select
       (select count(*)::int from agent_status g where g.status <> 'retired' and ${agents}) as agents,
       (select count(distinct s.id)::int from server s left join tool t on t.server_id = s.id where ${tools}) as servers,
       (select count(*)::int from tool t join server s on s.id = t.server_id where ${tools}) as tools,
       (select count(*)::int from decision d where d.received_at > now() - interval '1 minute' and ${decisions}) as "callsLastMinute",
       (select count(*)::int from decision d where d.received_at > now() - interval '10 minutes' and d.outcome = 'allow' and d.result is null
          and ${decisions}) as "inFlight"`,
    [target],
  );
  const nothing = { agents: 0, servers: 0, tools: 0, callsLastMinute: 0, inFlight: 0 };
  return { ...(found.rows[0] ?? nothing), resolves: await resolvesTarget(pool, scope, target) };
}
