import type { DpopAlgorithm } from '@portcullis/contracts';
import { z } from 'zod';

const curves = { ES256: 'P-256', ES384: 'P-384', EdDSA: 'Ed25519', Ed25519: 'Ed25519' } as const;
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'];

/** Moduli from 2048 to 4096 bits and an exponent of at most 32: more makes verifying expensive and protects nobody. */
const modulus = { shortest: 342, longest: 683 };
const longestExponent = 6;

/** A public key as a proof carries it. */
export const proofKeySchema = z
  .looseObject({
    kty: z.enum(['EC', 'OKP', 'RSA']),
    crv: z.string().optional(),
    alg: z.string().optional(),
    x: z.string().optional(),
    y: z.string().optional(),
    n: z.string().min(modulus.shortest).max(modulus.longest).optional(),
    e: z.string().max(longestExponent).optional(),
  })
  .refine((jwk) => !privateMembers.some((member) => member in jwk), 'a private member');
export type ProofKey = z.infer<typeof proofKeySchema>;

/** Whether this key is for this algorithm: the curve and the type say so, and so does the key's own `alg` if it has one. */
export function fits({ kty, crv, alg }: ProofKey, wanted: DpopAlgorithm): boolean {
  if (wanted === 'PS256' || wanted === 'RS256') return kty === 'RSA' && (alg === undefined || alg === wanted);
  const isItsType = kty === (curves[wanted] === 'Ed25519' ? 'OKP' : 'EC');
  const isItsOwn = alg === undefined || alg === wanted || (kty === 'OKP' && (alg === 'EdDSA' || alg === 'Ed25519'));
  return isItsType && crv === curves[wanted] && isItsOwn;
}
