import type { Pool } from 'pg';
import type { TrustedIssuer } from './external-subject-token.js';

/** Asked at every token, so that an issuer that was disabled or removed vouches for nobody from that moment on. */
export async function trustedIssuer(pool: Pool, issuer: string): Promise<TrustedIssuer | undefined> {
  const { rows } = await pool.query<TrustedIssuer>({
    name: 'trusted-issuer',
    text: `select id, issuer, audience, jwks_uri as "jwksUri" from subject_issuer where issuer = $1 and enabled`,
    values: [issuer],
  });
  return rows[0];
}
