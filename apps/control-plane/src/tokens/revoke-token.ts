import type { AccessTokenClaims } from '@portcullis/contracts';
import type { CommandTransaction } from '../change-log/command.js';
import { lockRows } from '../change-log/lock-rows.js';

/** Puts the token on the feed as revoked, once. Of an agent that is retired every token is dead already. */
export async function revokeToken(
  { client, append }: CommandTransaction,
  { jti, agent, exp }: AccessTokenClaims,
  by: string,
): Promise<void> {
  const held = await lockRows<{ status: string }>(client, 'agent_status', [agent]);
  const status = held.get(agent)?.status;
  if (status === undefined || status === 'retired') return;
  const made = await client.query(
    `insert into token_revocation (jti, agent_id, revoked_by, expires_at) values ($1, $2, $3, to_timestamp($4))
     on conflict do nothing`,
    [jti, agent, by, exp],
  );
  if (made.rowCount === 1) append('token-revocation', jti, { agent, expiresAt: exp * 1000 });
}
