import { z } from 'zod';

const base64url = z.string().regex(/^[A-Za-z0-9_-]+$/);
const named = { kid: z.string().max(256).optional() };

/** The public keys an agent may prove itself with. Only what is named here is kept of a JWK. */
const publicJwkSchema = z.union([
  z.object({ ...named, kty: z.literal('EC'), crv: z.literal('P-256'), x: base64url, y: base64url }),
  z.object({ ...named, kty: z.literal('EC'), crv: z.literal('P-384'), x: base64url, y: base64url }),
  z.object({ ...named, kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: base64url }),
  z.object({
    ...named,
    kty: z.literal('RSA'),
    n: base64url.min(342).max(1366),
    e: base64url.max(8),
    alg: z.enum(['PS256', 'RS256']).default('PS256'),
  }),
]);
export type PublicJwk = z.infer<typeof publicJwkSchema>;

/** The algorithms below, for metadata. */
export const assertionAlgorithms = ['ES256', 'ES384', 'EdDSA', 'PS256', 'RS256'] as const;
export type AssertionAlgorithm = (typeof assertionAlgorithms)[number];

export function readPublicJwk(value: unknown): PublicJwk | undefined {
  const parsed = publicJwkSchema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

/** One key, one algorithm (RFC 8725 section 3.1): what a signature's header says is compared with this, never obeyed. */
export function algorithmOf(jwk: PublicJwk): AssertionAlgorithm {
  if (jwk.kty === 'RSA') return jwk.alg;
  if (jwk.kty === 'OKP') return 'EdDSA';
  return jwk.crv === 'P-256' ? 'ES256' : 'ES384';
}
