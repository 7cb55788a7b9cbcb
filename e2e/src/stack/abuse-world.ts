import { createHash, generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { tokenWords } from '@portcullis/contracts';
import { SignJWT } from 'jose';
import { startDemoWorld, type DemoWorld } from './demo-world.js';
import { makeServiceAccount, type ServiceAccount } from './service-account.js';

/** What came back: the status, the code in it and all of its text. */
export interface Answer {
  readonly status: number;
  readonly code: string;
  readonly text: string;
  readonly headers: Headers;
}

export interface AbuseWorld extends DemoWorld {
  readonly issuer: string;
  /** An agent that holds support in prod, with a secret and a key. */
  readonly agent: ServiceAccount;
  /** Another of the same kind, whose key and conversations are not the first one's. */
  readonly other: ServiceAccount;
  /** Everything secret that was used; it may stand nowhere afterwards. */
  readonly secrets: Set<string>;
  send(url: string, init: { body: string | URLSearchParams; headers?: Record<string, string> }): Promise<Answer>;
  /** Asks for a token of the agent by its secret, unless the fields say otherwise. */
  ask(fields?: Record<string, string>, headers?: Record<string, string>): Promise<Answer>;
  /** Tries a refund of 10 at the demo server. */
  refund(headers: Record<string, string>): Promise<Answer>;
}

const refundCall = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: { name: 'refund', arguments: { ticket: 'T-1', amount: 10 } },
});

async function send(
  url: string,
  { body, headers = {} }: { body: string | URLSearchParams; headers?: Record<string, string> },
): Promise<Answer> {
  const response = await fetch(url, { method: 'POST', body, headers });
  const text = await response.text();
  const parsed = text.startsWith('{') ? (JSON.parse(text) as { error?: unknown; code?: string }) : {};
  const code = typeof parsed.error === 'string' ? parsed.error : (parsed.code ?? '');
  return { status: response.status, code, text, headers: response.headers };
}

export async function startAbuseWorld(): Promise<AbuseWorld> {
  const world = await startDemoWorld({
    env: { PORTCULLIS_LOG_LEVEL: 'trace', PORTCULLIS_LEAST_TOKEN_SECONDS: '2' },
  });
  const issuer = world.installation.run.urls.console;
  const agent = await makeServiceAccount(world.admin, 'abused');
  const other = await makeServiceAccount(world.admin, 'bystander');
  const secrets = new Set([agent.secret.value, other.secret.value, 'correct horse battery', world.admin.csrf]);
  const grant = { grant_type: 'client_credentials', resource: world.resource, scope: 'role:support task:execute' };
  const proof = { client_id: agent.id, client_secret: agent.secret.value };
  return Object.assign(world, {
    issuer,
    agent,
    other,
    secrets,
    send,
    ask: (fields: Record<string, string> = {}, headers: Record<string, string> = {}) => {
      const isProved = 'client_id' in fields || 'client_assertion' in fields;
      const body = new URLSearchParams({ ...grant, ...(isProved ? {} : proof), ...fields });
      return send(`${issuer}/oauth/token`, { body, headers });
    },
    refund: (headers: Record<string, string>) => {
      const accept = 'application/json, text/event-stream';
      return send(world.resource, {
        body: refundCall,
        headers: { 'content-type': 'application/json', accept, ...headers },
      });
    },
  });
}

/** An access token out of an answer; from now on it is a secret. */
export function tokenIn(world: AbuseWorld, { status, text }: Answer): string {
  const token = (JSON.parse(text) as { access_token?: string }).access_token;
  if (token === undefined) throw new Error(`no token: ${status} ${text}`);
  world.secrets.add(token);
  return token;
}

/** A client assertion (RFC 7523); `claims` replaces what it would say. */
export async function assertionOf(
  { issuer, agent }: AbuseWorld,
  claims: Record<string, unknown> = {},
  key: Parameters<SignJWT['sign']>[0] = agent.key.privateKey,
  alg = 'ES256',
): Promise<Record<string, string>> {
  const now = Math.floor(Date.now() / 1000);
  const said = { iss: agent.id, sub: agent.id, aud: issuer, iat: now, exp: now + 60, jti: randomUUID(), ...claims };
  const signed = await new SignJWT(said).setProtectedHeader({ alg }).sign(key);
  return { client_assertion_type: tokenWords.clientAssertion, client_assertion: signed };
}

/** A DPoP proof (RFC 9449) by a key of its own. */
export class Prover {
  readonly #pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  get key(): KeyObject {
    return this.#pair.privateKey;
  }

  proof(url: string, { nonce, token }: { nonce: string; token?: string }): Promise<string> {
    const ath = token === undefined ? {} : { ath: createHash('sha256').update(token).digest('base64url') };
    const jwk = this.#pair.publicKey.export({ format: 'jwk' });
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({ htm: 'POST', htu: url, iat: now, jti: randomUUID(), ...(nonce && { nonce }), ...ath })
      .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk })
      .sign(this.#pair.privateKey);
  }
}
