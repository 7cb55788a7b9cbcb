import type { CommandTransaction } from '../change-log/command.js';
import { lockRows } from '../change-log/lock-rows.js';
import { isUuid } from '../database/is-uuid.js';
import { Refusal } from '../platform/refusal.js';
import { closedValue, type ConversationRow } from './closed-value.js';
import { lockHost, lockLiveAgent, openerName, type Opener } from './open-conversation.js';

interface Row extends ConversationRow {
  readonly status: 'open' | 'closed';
  readonly left_feed: boolean;
}

async function agentOf({ client }: CommandTransaction, id: string): Promise<string> {
  const known = isUuid(id) ? id : null;
  const found = await client.query<{ agent_id: string }>('select agent_id from conversation where id = $1', [known]);
  const agent = found.rows[0]?.agent_id;
  if (agent === undefined) throw new Refusal('not_found', `there is no conversation ${id}`, { id });
  return agent;
}

/** One way. A conversation never changes its agent, so who it belongs to may be read before the locks. */
export async function closeConversation(transaction: CommandTransaction, id: string, by: Opener): Promise<void> {
  const agent = await agentOf(transaction, id);
  await lockLiveAgent(transaction, agent);
  await lockHost(transaction, agent, by);
  const row = (await lockRows<Row>(transaction.client, 'conversation', [id])).get(id);
  if (row === undefined || row.status === 'closed' || row.left_feed)
    throw new Refusal('conflict', `conversation ${id} is over already`, { id });
  await transaction.client.query(
    `update conversation set status = 'closed', closed_by = $2, closed_at = now() where id = $1`,
    [id, openerName(by)],
  );
  transaction.append('conversation', id, closedValue(row));
  await endWidenings(transaction, id);
}

async function endWidenings({ client, append }: CommandTransaction, conversation: string): Promise<void> {
  const ended = await client.query<{ id: string }>(
    `update grants set revoked_at = now() where id in (
       select id from grants where conversation_id = $1 and revoked_at is null order by id collate "C" for update)
     returning id`,
    [conversation],
  );
  for (const { id } of ended.rows) append('grant', id, null);
}
