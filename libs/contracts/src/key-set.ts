import { z } from 'zod';
import { generationSchema } from './envelope.js';

const publicKeySchema = z.object({
  kid: z.string(),
  /** JWK of the public half. Feed keys are Ed25519 (`OKP`), token keys P-256 (`EC`). */
  jwk: z.record(z.string(), z.unknown()),
  notBefore: z.int(),
  notAfter: z.int(),
});

/**
 * A numbered key set, signed by the root key (protocol D4). Guards hold the root's hash from their join token and accept
 * only higher numbers. Token-signing keys reach guards here and never from a JWKS address.
 */
export const keySetSchema = z.object({
  v: z.literal(1),
  number: z.int().min(1),
  issuer: z.string(),
  generation: generationSchema,
  feedKeys: z.array(publicKeySchema).min(1),
  tokenKeys: z.array(publicKeySchema).min(1),
});
export type KeySet = z.infer<typeof keySetSchema>;

/** One public key of a key set, with the control time (milliseconds) between which what it signed is taken. */
export type PublicKeyEntry = z.infer<typeof publicKeySchema>;
