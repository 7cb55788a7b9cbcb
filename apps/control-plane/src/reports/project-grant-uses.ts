import type pg from 'pg';
import { instant, type ReportedEvent } from './project-decisions.js';
import { storable } from './read-events.js';

interface Use {
  readonly grant: string;
  readonly server: string;
  readonly tool: string;
  readonly task: string;
  at: number;
}

const ofGrant = 'grant:';

/** What is written again only when a minute has passed keeps a grant that is used all the time from being written all the time. */
const writeUses = `insert into grant_use as held (grant_id, tool_id, task, last_used_at)
   select g.id, t.id, u.task, least(u.at, clock_timestamp())
   from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[]) as u("grant", server, tool, task, at)
     join server s on s.id = u.server
     join tool t on t.server_id = s.id and t.name = u.tool
     join grants g on g.id = u."grant" and g.environment_id = s.environment_id and (g.tool_id is null or g.tool_id = t.id)
   where not exists (select 1 from grant_use k where k.grant_id = g.id and k.tool_id = t.id and k.task = u.task
     and k.last_used_at > least(u.at, clock_timestamp()) - interval '1 minute')
   order by 1, 2, 3
   on conflict (grant_id, tool_id, task) do update set last_used_at = greatest(held.last_used_at, excluded.last_used_at)`;

/** When each grant last allowed a call, out of all decisions of these reports at once; only of grants that the guard can hold. */
export async function projectGrantUses(
  client: pg.ClientBase,
  decisions: readonly ReportedEvent<'decision'>[],
): Promise<void> {
  const uses = usesIn(decisions);
  if (uses.length === 0) return;
  await client.query(writeUses, [
    uses.map((use) => use.grant),
    uses.map((use) => use.server),
    uses.map((use) => use.tool),
    uses.map((use) => use.task),
    uses.map((use) => instant(use.at)),
  ]);
}

function usesIn(decisions: readonly ReportedEvent<'decision'>[]): readonly Use[] {
  const uses = new Map<string, Use>();
  for (const { server, event } of decisions) {
    const { outcome, at } = event;
    const [rule, tool, task] = [storable(event.rule), storable(event.tool), storable(event.task)];
    if (outcome !== 'allow' || task === null || !rule?.startsWith(ofGrant)) continue;
    const use = { grant: rule.slice(ofGrant.length), server, tool, task, at };
    const key = JSON.stringify([use.grant, server, tool, task]);
    const known = uses.get(key);
    if (known) known.at = Math.max(known.at, at);
    else uses.set(key, use);
  }
  return [...uses.values()];
}
