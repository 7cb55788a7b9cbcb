import pg, { type ClientBase } from 'pg';
import { Refusal } from '../platform/refusal.js';

const covers = (assignment: string) => `l.kind = 'kill-switch' and l.value::json ->> 'status' = 'engaged' and (
  (l.value::json ->> 'scope' = 'role' and l.value::json ->> 'target' = ${assignment}.role_id)
  or (l.value::json ->> 'scope' = 'environment' and l.value::json ->> 'target' = ${assignment}.environment_id))`;

/** The condition under which an engaged kill switch holds the assignment `alias` where it is; SQL text of constant parts. */
export function isEngagedOverSql(alias: string): string {
  return `exists (select 1 from change_latest l where ${covers(alias)})`;
}

/**
 * Refuses to take an agent out of an engaged scope: it would go on in another role (P-C3). The counter is locked first, which
 * is what an engagement waits for too, in one message (P-B2); nothing but the append may follow.
 */
export async function refuseUnderEngagement(client: ClientBase, assignment: string): Promise<void> {
  const results = (await client.query(
    `set local idle_in_transaction_session_timeout = 1000; select 1 from change_counter for update;
     select l.object_id as engagement, l.value::json ->> 'scope' as scope, l.value::json ->> 'target' as target
     from assignment a join change_latest l on ${covers('a')} where a.id = ${pg.escapeLiteral(assignment)} order by l.revision limit 1`,
  )) as unknown as readonly pg.QueryResult<{ engagement: string; scope: string; target: string }>[];
  const over = results[2]?.rows[0];
  if (over === undefined) return;
  throw new Refusal(
    'release_needs_two_people',
    `kill switch ${over.engagement} is engaged on ${over.scope} ${over.target}: release it before you take an agent out of it, or suspend the agent`,
    { assignment, ...over },
  );
}
