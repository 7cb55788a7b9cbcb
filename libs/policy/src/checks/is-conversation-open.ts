import type { CallCheck } from '../check.js';

/** If the token is for a conversation: is that one known, of this agent, open, for this environment and not past its end? */
export const isConversationOpen: CallCheck = ({ server }, { claims, now }, { conversation }) => {
  if (claims.conversation === undefined) return undefined;
  const denial = (detail: string) =>
    ({ reason: 'token_invalid', rule: `conversation:${claims.conversation}`, detail }) as const;
  if (!conversation) return denial('this guard knows no such conversation');
  if (conversation.agent !== claims.agent) return denial('the conversation belongs to another agent');
  if (conversation.status !== 'open') return denial('the conversation is closed');
  if ((conversation.environment ?? server?.environment) !== server?.environment)
    return denial('the conversation is for another environment');
  return now < conversation.expiresAt ? undefined : denial('the conversation has ended');
};
