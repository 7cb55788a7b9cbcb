import { exportJWK, exportPKCS8, generateKeyPair, type CryptoKey, type JWK } from 'jose';
import type { Admin } from './admin.js';

/** An agent made for a scenario, with one credential of each kind. */
export interface ServiceAccount {
  readonly id: string;
  readonly assignment: string;
  readonly secret: { readonly credential: string; readonly value: string };
  readonly key: { readonly credential: string; readonly pem: string; readonly privateKey: CryptoKey };
}

interface Issued {
  readonly issueCredential: { readonly credential: { readonly id: string }; readonly secret: string | null };
}

async function issue(admin: Admin, agent: string, publicJwk?: JWK): Promise<Issued['issueCredential']> {
  const { issueCredential } = await admin.get<Issued>(
    'mutation($i: IssueCredentialInput!) { issueCredential(input: $i) { credential { id } secret } }',
    { i: publicJwk === undefined ? { agent } : { agent, kind: 'private_key_jwt', publicJwk } },
  );
  return issueCredential;
}

/** Makes an agent that plays the demo's support role in prod, until `notAfter` (milliseconds) if it is given. */
export async function makeServiceAccount(
  admin: Admin,
  id: string,
  { role = 'support', notAfter }: { readonly role?: string; readonly notAfter?: number } = {},
): Promise<ServiceAccount> {
  await admin.get('mutation($i: CreateAgentInput!) { createAgent(input: $i) { revision } }', { i: { id, name: id } });
  const { assignRole } = await admin.get<{ assignRole: { assignment: { id: string } } }>(
    'mutation($i: AssignRoleInput!) { assignRole(input: $i) { assignment { id } } }',
    { i: { agent: id, role, environment: 'prod', ...(notAfter === undefined ? {} : { notAfter }) } },
  );
  const secret = await issue(admin, id);
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const key = await issue(admin, id, await exportJWK(publicKey));
  return {
    id,
    assignment: assignRole.assignment.id,
    secret: { credential: secret.credential.id, value: secret.secret ?? '' },
    key: { credential: key.credential.id, pem: await exportPKCS8(privateKey), privateKey },
  };
}
