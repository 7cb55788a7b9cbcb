import type { KillSwitchScope } from '@portcullis/contracts';
import type pg from 'pg';

/** How a target is looked up. A user or a conversation has no register yet: any name that is not empty can be stopped. */
const lookups: { readonly [S in Exclude<KillSwitchScope, 'everything' | 'user' | 'conversation'>]: string } = {
  environment: 'select 1 from environment where id = $1',
  server: 'select 1 from server where id = $1',
  tool: 'select 1 from tool where id = $1 union all select 1 from observed_tool where server_id || $$/$$ || name = $1',
  'tool-class': 'select 1 from tool where $1 = any(classes) union all select 1 from grants where tool_class = $1',
  agent: 'select 1 from agent where id = $1',
  role: 'select 1 from role where id = $1',
};

/** A tool without a class counts as destructive (P-E7), so that class can always be stopped. */
const impliedClass = 'destructive';

/** Whether a scope text names something that exists. `everything` has an empty target. */
export async function resolvesTarget(
  client: Pick<pg.ClientBase, 'query'>,
  scope: KillSwitchScope,
  target: string,
): Promise<boolean> {
  if (scope === 'everything') return target === '';
  if (target === '' || target.includes('\0')) return false;
  if (scope === 'user' || scope === 'conversation') return true;
  if (scope === 'tool-class' && target === impliedClass) return true;
  return (await client.query(`${lookups[scope]} limit 1`, [target])).rowCount === 1;
}
