import { z } from 'zod';
import { KeySetRefusal } from './key-set-refusal.js';

/** A public signing key as it was published, without anything that is not part of the key. */
export type PublishedKey = z.infer<typeof keySchema>;

const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];
const base64url = z.string().max(1400).optional();

const keySchema = z.object({
  kty: z.enum(['EC', 'OKP', 'RSA']),
  kid: z.string().max(256).optional(),
  alg: z.string().max(20).optional(),
  crv: z.string().max(20).optional(),
  x: base64url,
  y: base64url,
  n: base64url,
  e: base64url,
});
const setSchema = z.object({ keys: z.array(z.record(z.string(), z.unknown())) });
const operationsSchema = z.array(z.string()).optional();

export function holdsPrivateKey(jwk: object): boolean {
  return privateMembers.some((member) => member in jwk);
}

function isForSignatures(jwk: Readonly<Record<string, unknown>>): boolean {
  const operations = operationsSchema.safeParse(jwk['key_ops']);
  const mayVerify = operations.success && (operations.data?.includes('verify') ?? true);
  return (jwk['use'] ?? 'sig') === 'sig' && mayVerify;
}

/** Reads a JWK set: its public signing keys of known kinds. A private key anywhere in it spoils the whole. Throws `KeySetRefusal`. */
export function readKeySet(value: unknown, mostKeys: number): readonly PublishedKey[] {
  const set = setSchema.safeParse(value);
  if (!set.success) throw new KeySetRefusal('not_a_key_set');
  const { keys } = set.data;
  if (keys.some(holdsPrivateKey)) throw new KeySetRefusal('private_key');
  if (keys.length > mostKeys) throw new KeySetRefusal('too_many_keys');
  return keys.filter(isForSignatures).flatMap((jwk) => {
    const key = keySchema.safeParse(jwk);
    return key.success ? [key.data] : [];
  });
}
