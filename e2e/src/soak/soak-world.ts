import { Admin } from '../stack/admin.js';
import { startInstallation, type Installation } from '../stack/installation.js';
import { newKey, type Endpoint, type Proof } from './proof.js';
import type { HeldCredential } from './soak-agent.js';

export const tokenSeconds = 2;

export interface SoakWorld {
  readonly installation: Installation;
  readonly admin: Admin;
  readonly endpoint: Endpoint;
  close(): Promise<void>;
}

/** A whole installation whose tokens live two seconds; its demo server is the guarded one. */
export async function soakWorld(): Promise<SoakWorld> {
  const installation = await startInstallation({
    env: { PORTCULLIS_LEAST_TOKEN_SECONDS: String(tokenSeconds), PORTCULLIS_LOG_LEVEL: 'warn' },
  });
  const { urls } = installation.run;
  const admin = new Admin(urls.console);
  await admin.claim(urls.claim);
  await admin.get('mutation($i: UpdateTokenSettingsInput!) { updateTokenSettings(input: $i) { revision } }', {
    i: { tokenLifeSeconds: tokenSeconds, requireDpop: false },
  });
  const endpoint = { issuer: urls.console, resource: `${urls.demo}/mcp` };
  return { installation, admin, endpoint, close: () => installation.remove() };
}

interface Issued {
  readonly credential: { readonly id: string };
  readonly secret: string | null;
}

/** A credential of the administrator's making; a key pair is the agent's own. */
export async function newCredential(
  admin: Admin,
  agent: string,
  kind: Proof['kind'],
  mutation: 'issueCredential' | 'prepareCredential',
): Promise<HeldCredential> {
  const key = kind === 'private_key_jwt' ? newKey() : undefined;
  const answer = await admin.get<Record<string, Issued>>(
    `mutation($i: IssueCredentialInput!) { ${mutation}(input: $i) { credential { id } secret revision } }`,
    { i: { agent, kind, ...(key && { publicJwk: key.publicJwk }) } },
  );
  const issued = answer[mutation];
  const proof = key?.proof ?? { kind: 'secret', secret: issued?.secret ?? '' };
  return { id: issued?.credential.id ?? '', proof };
}

export async function newAgent(admin: Admin, id: string, kind: Proof['kind']): Promise<HeldCredential> {
  await admin.get('mutation($i: CreateAgentInput!) { createAgent(input: $i) { revision } }', { i: { id, name: id } });
  await admin.get('mutation($i: AssignRoleInput!) { assignRole(input: $i) { revision } }', {
    i: { agent: id, role: 'support', environment: 'prod' },
  });
  return newCredential(admin, id, kind, 'issueCredential');
}

/** One of the mutations that take an id and answer with a revision. */
export async function end(admin: Admin, mutation: 'revokeCredential' | 'taintCredential', id: string): Promise<number> {
  const answer = await admin.get<Record<string, { revision: number }>>(
    `mutation($id: ID!) { ${mutation}(id: $id) { revision } }`,
    { id },
  );
  return answer[mutation]?.revision ?? 0;
}
