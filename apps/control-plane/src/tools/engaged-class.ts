import pg, { type ClientBase } from 'pg';
import { Refusal } from '../platform/refusal.js';

/**
 * Refuses to take a tool out of a class over which a kill switch is engaged: its calls would go on (P-C3). The counter is locked
 * first, which is what an engagement waits for too, in one message (P-B2); nothing but the append may follow.
 */
export async function refuseLeavingEngagedClass(
  client: ClientBase,
  tool: string,
  lost: readonly string[],
): Promise<void> {
  if (lost.length === 0) return;
  const targets = lost.map((name) => pg.escapeLiteral(name)).join(', ');
  const results = (await client.query(
    `set local idle_in_transaction_session_timeout = 1000; select 1 from change_counter for update;
     select object_id as engagement, value::json ->> 'target' as target from change_latest
     where kind = 'kill-switch' and value::json ->> 'status' = 'engaged' and value::json ->> 'scope' = 'tool-class'
       and value::json ->> 'target' in (${targets}) order by revision limit 1`,
  )) as unknown as readonly pg.QueryResult<{ engagement: string; target: string }>[];
  const over = results[2]?.rows[0];
  if (over === undefined) return;
  throw new Refusal(
    'release_needs_two_people',
    `kill switch ${over.engagement} is engaged on tool class ${over.target}: release it before you take ${tool} out of that class`,
    { tool, ...over },
  );
}
