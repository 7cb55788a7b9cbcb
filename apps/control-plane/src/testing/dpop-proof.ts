import { generateKeyPairSync, randomUUID, type JsonWebKey, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';

export interface ProofKey<Key = KeyObject> {
  readonly privateKey: Key;
  readonly jwk: JsonWebKey;
}

export function proofKey(): ProofKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { privateKey, jwk: publicKey.export({ format: 'jwk' }) };
}

/** A DPoP proof (RFC 9449 section 4.2) made by hand; `claims` and `header` replace what it would say. */
export function dpopProof(
  { privateKey, jwk }: ProofKey<KeyObject | Uint8Array>,
  url: string,
  claims: Readonly<Record<string, unknown>> = {},
  header: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const said = { htm: 'POST', htu: url, iat: Math.floor(Date.now() / 1000), jti: randomUUID(), ...claims };
  return new SignJWT(said).setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk, ...header }).sign(privateKey);
}
