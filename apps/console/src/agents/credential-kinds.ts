import type { CredentialKind, IssueCredentialInput } from '../gql/graphql.js';
import { canMakeKeyPairs, makeKeyPair, type KeyPair } from './key-pair.js';

export type KeySource = 'made-here' | 'jwk' | 'jwks' | 'secret';

export const keySources: readonly { readonly value: KeySource; readonly label: string }[] = [
  { value: 'made-here', label: 'Key pair made in this browser (recommended): the private key is never sent' },
  { value: 'jwk', label: 'Public key (JWK) of a pair made elsewhere' },
  { value: 'jwks', label: 'Address where its public keys are published (JWKS)' },
  { value: 'secret', label: 'Client secret' },
];

export function firstKeySource(): KeySource {
  return canMakeKeyPairs() ? 'made-here' : 'secret';
}

export interface MadeInput {
  readonly key: Pick<IssueCredentialInput, 'publicJwk' | 'jwksUri'> & { readonly kind: CredentialKind };
  readonly pair: KeyPair | null;
}

/** What to send for a choice. Throws `PublicKeyProblem` when the pasted text is no public key. */
export async function inputOf(source: KeySource, text: string): Promise<MadeInput> {
  if (source === 'secret') return { key: { kind: 'secret' }, pair: null };
  if (source === 'jwk') return { key: { kind: 'private_key_jwt', publicJwk: publicKeyIn(text) }, pair: null };
  if (source === 'jwks') return { key: { kind: 'private_key_jwt', jwksUri: text.trim() }, pair: null };
  const pair = await makeKeyPair();
  return { key: { kind: 'private_key_jwt', publicJwk: pair.publicJwk }, pair };
}

export class PublicKeyProblem extends Error {}

const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/** Refuses before anything is sent: a private key pasted by mistake must not leave the browser. */
function publicKeyIn(text: string): Record<string, unknown> {
  const jwk = jsonIn(text);
  if (typeof jwk !== 'object' || jwk === null || !('kty' in jwk)) {
    throw new PublicKeyProblem('This is not a JWK: it must be one JSON object with the member kty.');
  }
  if (privateMembers.some((name) => name in jwk)) {
    throw new PublicKeyProblem('This is a private key. It was not sent. Paste the public half, without the member d.');
  }
  return { ...jwk };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PublicKeyProblem('This is not JSON.');
  }
}
