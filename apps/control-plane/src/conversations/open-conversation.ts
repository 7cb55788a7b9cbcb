import type { FeedValue, OpenConversation } from '@portcullis/contracts';
import type { CommandTransaction } from '../change-log/command.js';
import { lockRows } from '../change-log/lock-rows.js';
import { isCredentialLiveSql } from '../credentials/live-credentials.js';
import { Refusal } from '../platform/refusal.js';

/** Who opens: a host with the credential it proved, or a signed-in person. Never the agent itself. */
export type Opener =
  { readonly host: string; readonly credential: string } | { readonly person: string; readonly email: string };

export type OpenRequest = Omit<OpenConversation, 'subjectToken'> & { readonly user: string | null };

/** Locks the agent: an opening that meets a retirement waits for it, and is then refused. */
export async function lockLiveAgent({ client }: CommandTransaction, agent: string): Promise<void> {
  const status = (await lockRows<{ status: string }>(client, 'agent_status', [agent])).get(agent)?.status;
  if (status === undefined) throw new Refusal('not_found', `there is no agent ${agent}`, { agent });
  if (status === 'retired') throw new Refusal('retired', `${agent} is retired for good`, { agent });
}

/** The host as it stands now, and its credential still live under the lock. */
export async function lockHost({ client }: CommandTransaction, agent: string, opener: Opener): Promise<void> {
  if ('person' in opener) return;
  const held = await lockRows<{ host_id: string }>(client, 'agent_host', [agent]);
  const isHost = held.get(agent)?.host_id === opener.host;
  await lockRows(client, 'credential', [opener.credential]);
  const live = await client.query(`select 1 from credential c where c.id = $1 and ${isCredentialLiveSql('c')}`, [
    opener.credential,
  ]);
  if (!isHost || live.rowCount === 0)
    throw new Refusal('conversation_refused', `only the host of ${agent} may do this`, { agent });
}

async function requireEnvironment({ client }: CommandTransaction, environment: string): Promise<void> {
  if ((await lockRows(client, 'environment', [environment])).has(environment)) return;
  throw new Refusal('not_found', `there is no environment ${environment}`, { environment });
}

async function insert({ client }: CommandTransaction, request: OpenRequest, opener: Opener): Promise<Date | undefined> {
  const { id, agent, user, tasks, attributes, digests, environment = null, expiresInSeconds } = request;
  const by = openerName(opener);
  const credential = 'host' in opener ? opener.credential : null;
  const made = await client.query<{ expires_at: Date }>(
    `insert into conversation (id, agent_id, user_id, tasks, attributes, digests, opened_by, credential_id, environment_id, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, now() + make_interval(secs => $10)) on conflict do nothing returning expires_at`,
    [id, agent, user, tasks, JSON.stringify(attributes), digests, by, credential, environment, expiresInSeconds],
  );
  return made.rows[0]?.expires_at;
}

export function openerName(opener: Opener): string {
  return 'host' in opener ? `agent:${opener.host}` : opener.email;
}

/** Repeating a request is harmless; other content under a known id is a conflict. */
async function openedBefore({ client }: CommandTransaction, request: OpenRequest, opener: Opener): Promise<Date> {
  const { id, agent, user, tasks, attributes, digests, environment = null } = request;
  const found = await client.query<{ expires_at: Date }>(
    `select expires_at from conversation where id = $1 and agent_id = $2 and user_id is not distinct from $3 and tasks = $4
       and attributes = $5::jsonb and digests = $6 and opened_by = $7 and environment_id is not distinct from $8 and status = 'open' and expires_at > now() for update`,
    [id, agent, user, tasks, JSON.stringify(attributes), digests, openerName(opener), environment],
  );
  const row = found.rows[0];
  if (row === undefined) throw new Refusal('conflict', `conversation ${id} is known with other content`, { id });
  return row.expires_at;
}

/** Writes the record and puts it on the feed. Gives when it ends, in milliseconds. */
export async function openConversation(
  transaction: CommandTransaction,
  request: OpenRequest,
  opener: Opener,
): Promise<number> {
  const { id, agent, user, tasks, attributes, digests, environment = null } = request;
  if ('host' in opener && opener.host === agent)
    throw new Refusal('conversation_refused', 'an agent does not open its own conversations', { agent });
  await lockLiveAgent(transaction, agent);
  await lockHost(transaction, agent, opener);
  if (environment !== null) await requireEnvironment(transaction, environment);
  const made = await insert(transaction, request, opener);
  if (made === undefined) return (await openedBefore(transaction, request, opener)).getTime();
  const credential = 'host' in opener ? opener.credential : null;
  const value: FeedValue<'conversation'> = {
    ...{ agent, user, tasks, attributes, digests, credential, environment },
    status: 'open',
    expiresAt: made.getTime(),
  };
  transaction.append('conversation', id, value);
  return value.expiresAt;
}
