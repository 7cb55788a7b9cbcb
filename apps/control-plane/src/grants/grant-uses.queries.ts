import { tasks, type Task } from '@portcullis/contracts';
import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { unusedDays, type GrantNarrowing, type GrantUse } from './grant-use.model.js';

interface UseRow {
  grant: string;
  task: Task;
  isClass: boolean;
  since: Date;
  lastUsedAt: Date | null;
  unusedForDays: number;
  hasStood: boolean;
  tasks: Task[];
  usedTools: string[];
  unusedCount: number;
}

const shownTools = 20;
const days = `interval '${unusedDays} days'`;
const hasClass = `g.tool_class = any(case when cardinality(t.classes) = 0 then '{destructive}' else t.classes end)`;

/** A tool that is new, or no longer of the class, tells nothing about the grant. */
const uses = `select g.id as "grant", g.task, g.tool_id is null as "isClass", s.since, u.last as "lastUsedAt",
    floor(extract(epoch from now() - greatest(s.since, u.last)) / 86400)::int as "unusedForDays",
    s.since <= now() - ${days} as "hasStood", u.tasks, c.used as "usedTools", c.unused as "unusedCount"
  from grants g
  cross join lateral (select least(now(), greatest(g.uses_counted_since, g.not_before)) as since) s
  cross join lateral (
    select max(last_used_at) as last,
      coalesce(array_agg(distinct task) filter (where last_used_at > now() - ${days}), '{}') as tasks
    from grant_use where grant_id = g.id) u
  cross join lateral (
    select coalesce(array_agg(t.id order by t.id) filter (where h.is_used), '{}') as used,
      (count(*) filter (where not h.is_used and t.created_at <= now() - ${days}))::int as unused
    from tool t join server on server.id = t.server_id and server.environment_id = g.environment_id
    cross join lateral (select exists (select 1 from grant_use where grant_id = g.id and tool_id = t.id
      and last_used_at > now() - ${days}) as is_used) h
    where g.tool_class is not null and ${hasClass}) c
  where g.id = any($1) and g.revoked_at is null order by g.id`;

@Injectable()
export class GrantUsesQueries {
  constructor(private readonly pool: Pool) {}

  /** Of those of these grants that give something; the others are left out. */
  async of(ids: readonly string[]): Promise<GrantUse[]> {
    const { rows } = await this.pool.query<UseRow>(uses, [ids]);
    return rows.map((row) => {
      const { grant, since, lastUsedAt, unusedForDays } = row;
      return {
        ...{ grant, since, lastUsedAt, unusedForDays },
        isUnused: unusedForDays >= unusedDays,
        narrowing: narrowingOf(row),
      };
    });
  }
}

function narrowingOf({ task, isClass, hasStood, tasks: seen, usedTools, unusedCount }: UseRow): GrantNarrowing | null {
  if (!hasStood || seen.length === 0) return null;
  const least = tasks.find((one) => seen.includes(one));
  const isTaskWider = least !== undefined && tasks.indexOf(least) > tasks.indexOf(task);
  const isClassWider = isClass && usedTools.length > 0 && unusedCount > 0;
  if (!isTaskWider && !isClassWider) return null;
  const used = isClassWider ? usedTools : [];
  return {
    task: isTaskWider ? least : null,
    usedTools: used.slice(0, shownTools),
    usedCount: used.length,
    unusedCount: isClassWider ? unusedCount : 0,
  };
}
