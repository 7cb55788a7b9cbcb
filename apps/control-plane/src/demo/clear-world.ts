import type { FeedKind } from '@portcullis/contracts';
import type { ClientBase } from 'pg';

type Left = readonly [kind: FeedKind, id: string];

async function idsOf(client: ClientBase, query: string, values: readonly unknown[] = []): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(query, [...values]);
  return rows.map((row) => row.id);
}

const left = (kind: FeedKind, ids: readonly string[]): Left[] => ids.map((id) => [kind, id]);

/** What tokens of these agents rest on; those that have left the feed leave it once more, which is harmless. */
async function clearIssued(client: ClientBase, agents: readonly string[]): Promise<Left[]> {
  return [
    ...left(
      'conversation',
      await idsOf(client, `delete from conversation where agent_id = any($1) returning id::text as id`, [agents]),
    ),
    ...left(
      'token-revocation',
      await idsOf(client, `delete from token_revocation where agent_id = any($1) returning jti as id`, [agents]),
    ),
  ];
}

/**
 * Takes the demo's objects out of the tables, with every engagement that rests on nothing else, and says what left. Environments,
 * roles and the server itself stay: other objects may stand on them. People and objects that are not the demo's are not touched.
 */
export async function clearWorld(client: ClientBase): Promise<Left[]> {
  const agents = await idsOf(client, `select id from agent where demo for update`);
  const tools = await idsOf(
    client,
    `select t.id from tool t join server s on s.id = t.server_id where s.demo for update of t`,
  );
  const credentials = await idsOf(client, `select id from credential where agent_id = any($1) for update`, [agents]);
  const cutOffs = await idsOf(
    client,
    `select object_id as id from change_latest where kind = 'cut-off' and object_id = any($1) and value is not null`,
    [agents],
  );
  const assignments = await idsOf(client, `delete from assignment where agent_id = any($1) returning id`, [agents]);
  const observed = await endObservations(client);
  const grants = await idsOf(
    client,
    `delete from grants where tool_id = any($1)
       or conversation_id in (select id from conversation where agent_id = any($2)) returning id`,
    [tools, agents],
  );
  await client.query(`delete from grant_use where grant_id = any($1)`, [grants]);
  const engagements = await demoEngagements(client, agents, tools);
  const issued = await clearIssued(client, agents);
  await clearAgents(client, agents, credentials);
  await clearTools(client, tools);
  await client.query(`delete from decision where server_id in (select id from server where demo)`);
  return [
    ...left('agent', agents),
    ...left('agent-status', agents),
    ...left('cut-off', cutOffs),
    ...left('credential', credentials),
    ...issued,
    ...left('assignment', assignments),
    ...left('grant', grants),
    ...left('tool', tools),
    ...left('environment', observed),
    ...left('kill-switch', engagements),
  ];
}

/** What is announced stays known, so that the new world is pinned to it; what was accepted of it is forgotten. */
async function clearTools(client: ClientBase, tools: readonly string[]): Promise<void> {
  await client.query(`delete from tool where id = any($1)`, [tools]);
  await client.query(
    `delete from tool_definition d where server_id in (select id from server where demo)
       and not exists (select 1 from announced_tool a where a.server_id = d.server_id and a.name = d.name and a.hash = d.hash)`,
  );
  await client.query(
    `update tool_definition set accepted_at = null, accepted_by = null, withdrawn_at = null, withdrawn_by = null
     where server_id in (select id from server where demo)`,
  );
}

/** Engagements on the demo's own objects; those on wider scopes only where the installation holds nothing but the demo. */
async function demoEngagements(
  client: ClientBase,
  agents: readonly string[],
  tools: readonly string[],
): Promise<string[]> {
  return idsOf(
    client,
    `delete from engagement where (scope = 'agent' and target = any($1)) or (scope = 'tool' and target = any($2))
       or (scope = 'server' and target in (select id from server where demo))
       or not exists (select 1 from agent where not demo union all select 1 from server where not demo)
     returning id::text as id`,
    [agents, tools],
  );
}

async function endObservations(client: ClientBase): Promise<string[]> {
  return idsOf(
    client,
    `update observation o set ended_at = now(), ended_by = 'demo' from environment e
     where e.id = o.environment_id and e.demo and o.ended_at is null returning e.id`,
  );
}

async function clearAgents(
  client: ClientBase,
  agents: readonly string[],
  credentials: readonly string[],
): Promise<void> {
  await client.query(`delete from credential_revocation where credential_id = any($1)`, [credentials]);
  await client.query(`delete from credential where id = any($1)`, [credentials]);
  await client.query(`delete from agent_status where agent_id = any($1)`, [agents]);
  await client.query(`delete from agent where id = any($1)`, [agents]);
}
