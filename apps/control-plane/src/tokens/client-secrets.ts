import { createHash, timingSafeEqual } from 'node:crypto';
import type { Pool } from 'pg';

function matches(given: Buffer, stored: string): boolean {
  const known = Buffer.from(stored, 'hex');
  return known.length === given.length && timingSafeEqual(known, given);
}

/**
 * The live credential that a secret is, among all of the agent's. Every stored hash is compared, and an agent that does not
 * exist costs the same query and the same hash as one that does.
 */
export async function liveCredentialOf(pool: Pool, agent: string, secret: string): Promise<string | undefined> {
  const { rows } = await pool.query<{ id: string; secret_hash: string }>({
    name: 'live-credentials',
    text: `select c.id, c.secret_hash from credential c
           left join credential_revocation r on r.credential_id = c.id
           where c.agent_id = $1 and c.kind = 'secret' and r.credential_id is null and (c.expires_at is null or c.expires_at > now())`,
    values: [agent],
  });
  const given = createHash('sha256').update(secret).digest();
  const found = rows.filter((row) => matches(given, row.secret_hash));
  return found[0]?.id;
}
