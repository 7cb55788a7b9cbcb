import type { ClientBase, Pool } from 'pg';
import { runCommand, type CommandTransaction } from '../change-log/command.js';
import type { CommandLimits } from '../change-log/limits.js';

/** No token for a conversation outlives it by more than its own life; after that nobody can ask about it. */
const conversationIsSpent = `not left_feed and (expires_at <= now() - interval '1 hour'
  or (status = 'closed' and closed_at <= now() - interval '1 hour'))`;

/** By then the token has expired by the clock of every guard and every replica, however far they are apart. */
const revocationIsSpent = `expires_at <= now() - interval '10 minutes'`;

/** It ends with its conversation, whichever comes first. */
const wideningIsOver = `conversation_id is not null and revoked_at is null and (not_after <= now() or conversation_id in (
  select v.id from conversation v where v.id = conversation_id and (v.status <> 'open' or v.expires_at <= now())))`;

/** Takes from guards what no token can be about any more, at most one revision of it (B5). Says how many there were. */
export async function leaveFeed(pool: Pool, limits: CommandLimits): Promise<number> {
  const due = await pool.query<{ id: string; is: 'conversation' | 'revocation' | 'widening' }>(
    `(select id::text, 'conversation' as is from conversation where ${conversationIsSpent} limit $1)
     union all (select jti, 'revocation' from token_revocation where ${revocationIsSpent} limit $1)
     union all (select id, 'widening' from grants where ${wideningIsOver} limit $1) limit $1`,
    [limits.maxChanges],
  );
  if (due.rows.length === 0) return 0;
  const ids = (wanted: string) => due.rows.flatMap(({ id, is }) => (is === wanted ? [id] : []));
  const { value } = await runCommand(
    pool,
    async ({ client, append }) =>
      (await leaveConversations(client, append, ids('conversation'))) +
      (await forgetRevocations(client, append, ids('revocation'))) +
      (await endWidenings(client, append, ids('widening'))),
    { limits },
  );
  return value;
}

/** The record stays for people, and its id stays taken. */
async function leaveConversations(
  client: ClientBase,
  append: CommandTransaction['append'],
  ids: readonly string[],
): Promise<number> {
  const left = await client.query<{ id: string }>(
    `update conversation set left_feed = true where id in (
       select id from conversation where id = any($1::uuid[]) and ${conversationIsSpent} order by id::text collate "C" for update)
     returning id`,
    [ids],
  );
  for (const { id } of left.rows) append('conversation', id, null);
  return left.rows.length;
}

async function forgetRevocations(
  client: ClientBase,
  append: CommandTransaction['append'],
  jtis: readonly string[],
): Promise<number> {
  const forgotten = await client.query<{ jti: string }>(
    `delete from token_revocation where jti in (
       select jti from token_revocation where jti = any($1) and ${revocationIsSpent} order by jti collate "C" for update)
     returning jti`,
    [jtis],
  );
  for (const { jti } of forgotten.rows) append('token-revocation', jti, null);
  return forgotten.rows.length;
}

async function endWidenings(
  client: ClientBase,
  append: CommandTransaction['append'],
  grants: readonly string[],
): Promise<number> {
  const ended = await client.query<{ id: string }>(
    `update grants set revoked_at = now() where id in (
       select id from grants where id = any($1) and ${wideningIsOver} order by id collate "C" for update)
     returning id`,
    [grants],
  );
  for (const { id } of ended.rows) append('grant', id, null);
  return ended.rows.length;
}
