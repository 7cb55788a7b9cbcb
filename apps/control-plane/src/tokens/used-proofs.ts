import { createHash } from 'node:crypto';
import type { Pool } from 'pg';

export type ProofKind = 'assertion' | 'dpop';

/**
 * Takes a proof once, in one statement: of two requests with the same one at the same moment, one is told no. `until` is when
 * the proof itself is worthless, in seconds since 1970.
 */
export async function takeProof(pool: Pool, kind: ProofKind, by: string, jti: string, until: number): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'take-proof',
    text: `insert into used_proof (kind, id, expires_at) values ($1, $2, to_timestamp($3)) on conflict do nothing`,
    values: [kind, createHash('sha256').update(`${by}\0${jti}`).digest('base64url'), until],
  });
  return rowCount === 1;
}

export async function sweepUsedProofs(pool: Pool): Promise<void> {
  await pool.query(`delete from used_proof where expires_at < now() - interval '1 minute'`);
}
