import { calculateJwkThumbprint } from 'jose';
import type { FetchPublic } from '../platform/fetch-public.js';
import { Refusal } from '../platform/refusal.js';
import { readAgentKeys } from '../published-keys/agent-keys.js';
import { keySetReason, keySetRefusals } from '../published-keys/key-set-refusal.js';
import { holdsPrivateKey } from '../published-keys/read-key-set.js';
import { readPublicJwk, type PublicJwk } from '../tokens/public-jwk.js';
import { newClientSecret } from './client-secret.js';
import type { IssueCredential } from './issue-credential.input.js';

/** What a credential is checked against, and what is shown of it to recognise it by. */
export interface CredentialMaterial {
  readonly prefix: string;
  /** Shown once; of a key nobody here ever holds one. */
  readonly secret: string | null;
  readonly secretHash: string | null;
  readonly publicJwk: PublicJwk | null;
  readonly jwksUri: string | null;
}

const shownCharacters = 10;
const nothing = { secret: null, secretHash: null, publicJwk: null, jwksUri: null } as const;

/** Makes the secret, takes the public key, or reads the published ones once. Throws `key_refused` or `key_address_refused`. */
export async function materialOf(
  { kind, publicJwk, jwksUri }: IssueCredential,
  fetchPublic: FetchPublic,
): Promise<CredentialMaterial> {
  if (kind === 'secret') {
    const { secret, prefix, hash } = newClientSecret();
    return { ...nothing, prefix, secret, secretHash: hash };
  }
  if (jwksUri !== null) {
    await requireReadable(jwksUri, fetchPublic);
    return { ...nothing, prefix: new URL(jwksUri).host, jwksUri };
  }
  const key = publicKeyOf(publicJwk);
  const thumbprint = await calculateJwkThumbprint(key as never);
  return { ...nothing, prefix: thumbprint.slice(0, shownCharacters), publicJwk: key };
}

/** A credential by an address that cannot be read would never get a token. */
async function requireReadable(jwksUri: string, fetchPublic: FetchPublic): Promise<void> {
  try {
    await readAgentKeys(fetchPublic, jwksUri);
  } catch (error) {
    const reason = keySetReason(error);
    throw new Refusal('key_address_refused', `jwksUri: ${keySetRefusals[reason]}`, { reason });
  }
}

function publicKeyOf(value: unknown): PublicJwk {
  if (typeof value === 'object' && value !== null && holdsPrivateKey(value))
    throw new Refusal('key_refused', 'this holds the private key; make a new pair and give the public key alone');
  const key = readPublicJwk(value);
  if (key === undefined) throw new Refusal('key_refused', 'give the public JWK of a P-256, P-384, Ed25519 or RSA key');
  return key;
}
