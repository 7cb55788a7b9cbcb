import { generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { tokenWords } from '@portcullis/contracts';
import { SignJWT } from 'jose';

/** What an agent shows at the token endpoint. */
export type Proof =
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'private_key_jwt'; readonly privateKey: KeyObject };

export interface Endpoint {
  readonly issuer: string;
  readonly resource: string;
}

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export function newKey(): { readonly proof: Proof; readonly publicJwk: object } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { proof: { kind: 'private_key_jwt', privateKey }, publicJwk: publicKey.export({ format: 'jwk' }) };
}

/** The form fields by which an agent proves itself. */
export async function proofFields(agent: string, proof: Proof, issuer: string): Promise<Record<string, string>> {
  if (proof.kind === 'secret') return { client_id: agent, client_secret: proof.secret };
  const now = Math.floor(Date.now() / 1000);
  const said = { iss: agent, sub: agent, aud: issuer, iat: now, exp: now + 30, jti: randomUUID() };
  const signed = await new SignJWT(said).setProtectedHeader({ alg: 'ES256' }).sign(proof.privateKey);
  return { client_assertion_type: tokenWords.clientAssertion, client_assertion: signed };
}

async function post(url: string, fields: Record<string, string>): Promise<Answer> {
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(fields) });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

export async function askToken({ issuer, resource }: Endpoint, agent: string, proof: Proof): Promise<Answer> {
  const fields = await proofFields(agent, proof, issuer);
  return post(`${issuer}/oauth/token`, { grant_type: 'client_credentials', resource, ...fields });
}

/** The agent replaces its own secret, by that secret. */
export async function askRotation(
  { issuer }: Endpoint,
  agent: string,
  proof: Proof,
  overlapSeconds: number,
): Promise<Answer> {
  const fields = await proofFields(agent, proof, issuer);
  return post(`${issuer}/oauth/rotate`, { ...fields, overlapSeconds: String(overlapSeconds) });
}
