import { createHash, generateKeyPairSync, randomBytes, randomUUID, type KeyObject } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { accessTokenSchema, tokenWords, type AccessTokenClaims } from '@portcullis/contracts';
import express, { type Express } from 'express';
import { createRemoteJWKSet, jwtVerify, SignJWT } from 'jose';
import { afterAll, beforeAll } from 'vitest';
import { CurrentTokenKeys } from '../keys/current-token-keys.js';
import { readConfig, type Config } from '../platform/config.js';
import { openLog } from '../platform/log.js';
import { createFetchPublic, type FetchPublic } from '../platform/fetch-public.js';
import { AgentKeys } from '../published-keys/agent-keys.js';
import { IssuerKeys } from '../published-keys/issuer-keys.js';
import { Subjects } from '../subjects/subjects.js';
import { nonceSecretFrom } from '../tokens/nonce-secret.js';
import { tokenRoutes, type TokenParts } from '../tokens/token-routes.js';
import type { TestInstall } from './test-install.js';
import { change } from './world.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A token server on a free port over the spec's own database. */
export interface TestTokenServer {
  readonly issuer: string;
  readonly app: Express;
  post(
    path: string,
    fields: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>;
  claimsOf(answer: Answer): Promise<AccessTokenClaims>;
}

export function testTokenServer(install: TestInstall, outside?: () => Outside): TestTokenServer {
  const app = express();
  const started: { server?: Server; issuer: string } = { issuer: '' };
  beforeAll(async () => {
    const server = app.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
    Object.assign(started, { server, issuer });
    const config = readConfig({
      DATABASE_URL: install.url,
      PORTCULLIS_DATA: install.data,
      PORTCULLIS_PUBLIC_URL: issuer,
    });
    app.use(tokenRoutes(await tokenPartsOf(install, config, outside?.())));
  });
  afterAll(() => new Promise((resolve) => started.server?.close(resolve)));
  return {
    app,
    get issuer() {
      return started.issuer;
    },
    post: (path, fields, headers) => postForm(`${started.issuer}${path}`, fields, headers),
    async claimsOf({ body }) {
      const keys = createRemoteJWKSet(new URL(`${started.issuer}/oauth/jwks`));
      return accessTokenSchema.parse((await jwtVerify(String(body['access_token']), keys)).payload);
    },
  };
}

export async function postForm(
  url: string,
  fields: Readonly<Record<string, string>> | URLSearchParams,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const response = await fetch(url, { method: 'POST', headers, body: new URLSearchParams(fields) });
  const text = await response.text();
  const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  return { status: response.status, headers: response.headers, text, body };
}

/** How a token server reaches what agents and issuers publish, and the clock of its caches in milliseconds. */
export interface Outside {
  readonly fetchPublic: FetchPublic;
  readonly now?: () => number;
}

/** What a process with this configuration opens for its token routes. */
export async function tokenPartsOf(
  install: TestInstall,
  config: Config,
  { fetchPublic, now }: Outside = { fetchPublic: createFetchPublic() },
): Promise<TokenParts> {
  const { pool, kek } = install;
  const tokenKeys = await CurrentTokenKeys.open(pool, kek);
  const log = openLog('spec', 'silent');
  const subjects = new Subjects({
    ...{ pool, log, issuer: config.publicUrl, tokenKeys: () => tokenKeys.verifying() },
    issuerKeys: new IssuerKeys(fetchPublic, log, now),
  });
  return {
    config,
    log,
    pool,
    tokenKeys,
    nonceSecret: nonceSecretFrom(kek),
    subjects,
    agentKeys: new AgentKeys(fetchPublic, log, now),
  };
}

/** Gives the agent a secret that is live at once. */
export async function giveSecret(install: TestInstall, agent: string, id: string): Promise<string> {
  const secret = `pcs_${randomBytes(32).toString('base64url')}`;
  const hash = createHash('sha256').update(secret).digest('hex');
  await change(install.pool, async ({ client, append }) => {
    await client.query(
      `insert into credential (id, agent_id, prefix, secret_hash, created_by) values ($1, $2, $3, $4, 'spec')`,
      [id, agent, secret.slice(0, 12), hash],
    );
    append('credential', id, { agent, status: 'active', expiresAt: null });
  });
  return secret;
}

/** Registers a P-256 key of the agent and gives the private half. */
export async function giveKey(install: TestInstall, agent: string, id: string): Promise<KeyObject> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  await change(install.pool, async ({ client, append }) => {
    await client.query(
      `insert into credential (id, agent_id, prefix, kind, public_jwk, created_by)
       values ($1, $2, 'jwk', 'private_key_jwt', $3, 'spec')`,
      [id, agent, publicKey.export({ format: 'jwk' })],
    );
    append('credential', id, { agent, status: 'active', expiresAt: null, kind: 'private_key_jwt' });
  });
  return privateKey;
}

export function basic(client: string, secret: string): Readonly<Record<string, string>> {
  return { authorization: `Basic ${Buffer.from(`${encodeURIComponent(client)}:${secret}`).toString('base64')}` };
}

/** The form fields of a client assertion (RFC 7523); `claims` replaces what it would say. */
export async function assertion(
  key: KeyObject | Uint8Array,
  agent: string,
  audience: string,
  claims: Readonly<Record<string, unknown>> = {},
  alg = 'ES256',
  kid?: string,
): Promise<Record<string, string>> {
  const now = Math.floor(Date.now() / 1000);
  const said = { iss: agent, sub: agent, aud: audience, iat: now, exp: now + 60, jti: randomUUID(), ...claims };
  const signed = await new SignJWT(said).setProtectedHeader({ alg, ...(kid && { kid }) }).sign(key);
  return { client_assertion_type: tokenWords.clientAssertion, client_assertion: signed };
}
