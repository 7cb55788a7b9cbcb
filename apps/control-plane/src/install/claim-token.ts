import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { ClientBase } from 'pg';

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** A fresh token for an install nobody has claimed; `null` once somebody has. An earlier link stops working. */
export async function renewClaimToken(client: Pick<ClientBase, 'query'>): Promise<string | null> {
  const token = randomBytes(32).toString('base64url');
  const renewed = await client.query(
    `insert into install_claim as c (id, token_hash) values (1, $1)
     on conflict (id) do update set token_hash = excluded.token_hash, created_at = now() where c.claimed_at is null`,
    [hashOf(token)],
  );
  return renewed.rowCount === 1 ? token : null;
}

export function isClaimToken(token: string, hash: string): boolean {
  const expected = Buffer.from(hash, 'hex');
  const actual = Buffer.from(hashOf(token), 'hex');
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}
