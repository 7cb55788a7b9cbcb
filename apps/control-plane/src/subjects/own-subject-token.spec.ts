import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { tokenWords } from '@portcullis/contracts';
import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { CurrentTokenKeys } from '../keys/current-token-keys.js';
import { makeSigningKey } from '../keys/signing-key.js';
import { loadTokenKeys, type TokenKey } from '../keys/token-keys.js';
import { createFetchPublic } from '../platform/fetch-public.js';
import { IssuerKeys } from '../published-keys/issuer-keys.js';
import { testApi } from '../testing/test-api.js';
import { silentLog } from '../testing/test-link.js';
import { basic, giveSecret } from '../testing/test-token-server.js';
import { addAgent, addServer, assign } from '../testing/world.js';
import { OwnTokens } from '../tokens/own-tokens.js';
import { Subjects } from './subjects.js';

const issuerKeys = new IssuerKeys(createFetchPublic(), silentLog);
const issue = 'mutation ($agent: ID!) { issueSubjectToken(agent: $agent) { revision subjectToken expiresAt } }';
interface Issued {
  readonly issueSubjectToken: { readonly revision: number; readonly subjectToken: string; readonly expiresAt: number };
}

describe('a subject token from our own sign-in', () => {
  const api = testApi();
  let tokenKeys: readonly TokenKey[];
  let subjects: Subjects;
  let ada: string;
  let secret: string;
  beforeAll(async () => {
    await addServer(api.pool, 'desk', 'prod');
    for (const agent of ['bot', 'old']) await addAgent(api.pool, agent);
    await assign(api.pool, 'x', 'bot', 'support', 'prod');
    secret = await giveSecret(api, 'bot', 'cr_bot');
    await api.admin.get('mutation { retireAgent(id: "old") { revision } }');
    ada = (await api.admin.get<{ me: { id: string } }>('{ me { id } }')).me.id;
    tokenKeys = await loadTokenKeys(api.pool, api.kek);
    subjects = subjectsOver(() => tokenKeys);
  });
  const subjectsOver = (keys: () => readonly TokenKey[]) =>
    new Subjects({ pool: api.pool, log: silentLog, issuer: api.config.publicUrl, tokenKeys: keys, issuerKeys });
  const issued = async () => (await api.admin.get<Issued>(issue, { agent: 'bot' })).issueSubjectToken;
  const post = async (path: string, fields: Record<string, string>) => {
    const answer = await fetch(`${api.config.publicUrl}${path}`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: basic('bot', secret),
    });
    return (await answer.json()) as Record<string, unknown>;
  };

  it('lets one agent act for the person for five minutes, and guards are told nothing', async () => {
    const before = await api.revision();
    const { revision, subjectToken, expiresAt } = await issued();
    expect([revision, await api.revision()]).toEqual([before, before]);
    const { iat = 0, jti, ...said } = decodeJwt(subjectToken);
    const iss = api.config.publicUrl;
    const sub = `portcullis:${ada}`;
    expect(said).toEqual({ iss, aud: iss, sub, exp: iat + 300, may_act: { sub: 'bot' } });
    expect(jti).toMatch(/^[0-9a-f-]{36}$/);
    expect(decodeProtectedHeader(subjectToken)).toMatchObject({ typ: 'portcullis-subject+jwt', alg: 'ES256' });
    expect(expiresAt).toBe((iat + 300) * 1000);
    expect(await subjects.verify(subjectToken)).toEqual({ user: sub, mayAct: 'bot', endsAt: expiresAt });
  });

  it.each([
    ['an unknown agent', 'nobody', 'not_found'],
    ['a retired agent', 'old', 'retired'],
  ])('is not issued for %s', async (_what, agent, code) => {
    const before = await api.revision();
    expect((await api.admin.ask(issue, { agent })).code).toBe(code);
    expect(await api.revision()).toBe(before);
  });

  it('is issued to nobody who is not signed in', async () => {
    expect((await api.visitor().ask(issue, { agent: 'bot' })).code).toBe('unauthenticated');
  });

  it('is no access token, and an access token is no subject token', async () => {
    const { subjectToken } = await issued();
    const own = new OwnTokens(api.config.publicUrl, await CurrentTokenKeys.open(api.pool, api.kek));
    const { access_token: accessToken } = await post('/oauth/token', {
      grant_type: 'client_credentials',
      resource: 'http://localhost/desk/mcp',
    });
    expect(await own.read(accessToken)).toMatchObject({ agent: 'bot' });
    expect(await subjects.verify(String(accessToken))).toBeUndefined();
    expect(await own.read(subjectToken)).toBeUndefined();
    expect(await post('/oauth/introspect', { token: subjectToken })).toEqual({ active: false });
    expect(await post('/oauth/introspect', { token: String(accessToken) })).toMatchObject({ active: true });
  });

  it('follows the token keys as they change', async () => {
    const { privateKey, kid } = makeSigningKey('token', Date.now());
    const next = {
      kid,
      state: 'signing',
      privateJwk: { ...privateKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' },
    } as const;
    let keys = tokenKeys;
    const following = subjectsOver(() => keys);
    const [before, after] = [(await issued()).subjectToken, await made({}, {}, privateKey, kid)];
    const verified = async () => [await following.verify(before), await following.verify(after)].map(Boolean);
    expect(await verified()).toEqual([true, false]);
    keys = [next, ...tokenKeys];
    expect(await verified()).toEqual([true, true]);
    keys = [next];
    expect(await verified()).toEqual([false, true]);
  });

  async function made(claims: object, header: object = {}, key?: KeyObject | Uint8Array, kid = tokenKeys[0]?.kid) {
    const iat = Math.floor(Date.now() / 1000);
    const iss = api.config.publicUrl;
    const said = { iss, aud: iss, sub: `portcullis:${ada}`, iat, exp: iat + 300, jti: 'j', may_act: { sub: 'bot' } };
    const own = createPrivateKey({ key: tokenKeys[0]?.privateJwk ?? {}, format: 'jwk' });
    return new SignJWT({ ...said, ...claims })
      .setProtectedHeader({ alg: 'ES256', typ: tokenWords.ownSubjectType, ...(kid && { kid }), ...header })
      .sign(key ?? own);
  }
  const now = () => Math.floor(Date.now() / 1000);
  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

  it.each<[string, () => Promise<string> | string]>([
    ['of another type', () => made({}, { typ: 'JWT' })],
    ['of the type of an access token', () => made({}, { typ: 'at+jwt' })],
    ['signed by a stranger', () => made({}, {}, stranger)],
    ['that names no key', () => made({}, { kid: undefined })],
    [
      'signed with the public key as a secret',
      () => made({}, { alg: 'HS256' }, new TextEncoder().encode('x'.repeat(32))),
    ],
    ['that has expired', () => made({ iat: now() - 400, exp: now() - 100 })],
    ['without an end', () => made({ exp: undefined })],
    ['older than five minutes', () => made({ iat: now() - 301 })],
    ['from the future', () => made({ iat: now() + 60 })],
    ['for another audience', () => made({ aud: 'http://localhost/desk/mcp' })],
    ['of another issuer', () => made({ iss: 'https://login.example' })],
    ['about somebody of another issuer', () => made({ sub: 'corp:ada' })],
    ['about a person who does not exist', () => made({ sub: 'portcullis:nobody' })],
    ['that names no agent', () => made({ may_act: undefined })],
    ['without an id', () => made({ jti: undefined })],
    ['that is no token', () => 'a.b.c'],
    ['that is too long', async () => made({ note: 'x'.repeat(9000) })],
  ])('is refused when it is one %s', async (_what, token) => {
    expect(await subjects.verify(await made({}))).toBeDefined();
    expect(await subjects.verify(await token())).toBeUndefined();
  });

  it('is worth nothing once the person may not even read, or is gone', async () => {
    const { subjectToken } = await issued();
    const withdraw = `delete from person_permission where person_id = $1 and permission = 'read'`;
    expect(await subjects.verify(subjectToken)).toBeDefined();
    await api.pool.query(withdraw, [ada]);
    expect(await subjects.verify(subjectToken)).toBeUndefined();
    expect((await api.admin.ask(issue, { agent: 'bot' })).code).toBe('forbidden');
    await api.pool.query(`insert into person_permission (person_id, permission) values ($1, 'read')`, [ada]);
    expect(await subjects.verify(subjectToken)).toBeDefined();
    await api.pool.query(`delete from "user" where "id" = $1`, [ada]);
    expect(await subjects.verify(subjectToken)).toBeUndefined();
  });
});
