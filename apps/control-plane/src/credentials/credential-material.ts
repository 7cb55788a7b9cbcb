import { calculateJwkThumbprint } from 'jose';
import { Refusal } from '../platform/refusal.js';
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
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];
const nothing = { secret: null, secretHash: null, publicJwk: null, jwksUri: null } as const;

/** Makes the secret, or takes the public key. Throws `key_refused`. */
export async function materialOf({ kind, publicJwk }: IssueCredential): Promise<CredentialMaterial> {
  if (kind === 'secret') {
    const { secret, prefix, hash } = newClientSecret();
    return { ...nothing, prefix, secret, secretHash: hash };
  }
  const key = publicKeyOf(publicJwk);
  const thumbprint = await calculateJwkThumbprint(key as never);
  return { ...nothing, prefix: thumbprint.slice(0, shownCharacters), publicJwk: key };
}

function publicKeyOf(value: unknown): PublicJwk {
  const members = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  if (members.some((member) => privateMembers.includes(member)))
    throw new Refusal('key_refused', 'this holds the private key; make a new pair and give the public key alone');
  const key = readPublicJwk(value);
  if (key === undefined) throw new Refusal('key_refused', 'give the public JWK of a P-256, P-384, Ed25519 or RSA key');
  return key;
}
