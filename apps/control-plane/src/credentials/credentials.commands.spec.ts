import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { testApi } from '../testing/test-api.js';
import { until } from '../testing/until.js';
import { liveCredentialsOf } from './live-credentials.js';

const fields =
  'id kind status prefix publicJwk jwksUri notBefore activatedAt retiringSince retiresAt derivedFrom taintReason';
const issue = `mutation ($input: IssueCredentialInput!) { issueCredential(input: $input) { revision secret credential { ${fields} } } }`;
const prepare = issue.replace('issueCredential(', 'prepareCredential(');
const activate = `mutation ($id: ID!) { activateCredential(id: $id) { revision credential { ${fields} } } }`;
const retire = `mutation ($id: ID!, $s: Int! = 900) { retireCredential(id: $id, overlapSeconds: $s) { revision credential { ${fields} } } }`;
const revoke = 'mutation ($id: ID!) { revokeCredential(id: $id) { revision } }';
const taint =
  'mutation ($id: ID!, $r: String!) { taintCredential(id: $id, reason: $r) { revision credentials conversations credential { status taintReason } } }';

interface Shown {
  readonly id: string;
  readonly status: string;
  readonly prefix: string;
  readonly publicJwk: unknown;
  readonly activatedAt: number | null;
  readonly retiringSince: number;
  readonly retiresAt: number;
}
type Answer = Record<string, { revision: number; secret: string | null; credential: Shown }>;

describe('the lifecycle of a credential', () => {
  const api = testApi();
  let jwk: object;
  const private_ = { value: {} as object };
  beforeAll(async () => {
    for (const id of ['bot', 'old', 'host'])
      await api.admin.get(`mutation { createAgent(input: { id: "${id}", name: "${id}" }) { revision } }`);
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
    jwk = await exportJWK(publicKey);
    private_.value = await exportJWK(privateKey);
  });

  async function made(
    mutation: string,
    input: object = {},
  ): Promise<{ revision: number; secret: string | null } & Shown> {
    const answer = await api.admin.get<Answer>(mutation, { input: { agent: 'bot', ...input } });
    const [payload] = Object.values(answer);
    if (payload === undefined) throw new Error('no answer');
    return { ...payload.credential, revision: payload.revision, secret: payload.secret };
  }
  async function done(mutation: string, variables: object): Promise<{ revision: number; credential: Shown }> {
    const [payload] = Object.values(await api.admin.get<Answer>(mutation, variables));
    if (payload === undefined) throw new Error('no answer');
    return payload;
  }
  const told = async (id: string) => {
    const { rows } = await api.pool.query<{ value: string; revision: string }>(
      `select value, revision from change_latest where kind = 'credential' and object_id = $1`,
      [id],
    );
    return rows[0] && { value: JSON.parse(rows[0].value) as unknown, revision: Number(rows[0].revision) };
  };
  const isLive = async (id: string) => (await liveCredentialsOf(api.pool, 'bot')).some((live) => live.id === id);
  async function world(): Promise<unknown> {
    const read = async (query: string) => (await api.pool.query(query)).rows;
    return [
      await api.revision(),
      await read('select * from credential order by id'),
      await read('select * from credential_revocation order by 1'),
      await read('select * from credential_taint order by 1'),
      await read('select * from change_latest order by 1, 2'),
    ];
  }

  it('goes from prepared to active to retiring to revoked, each a revision that guards are told', async () => {
    const value = { agent: 'bot', expiresAt: null };
    const { id, revision, status, activatedAt } = await made(prepare);
    expect([status, activatedAt, await isLive(id)]).toEqual(['prepared', null, false]);
    expect(await told(id)).toEqual({ value: { ...value, status: 'prepared' }, revision });

    const active = await done(activate, { id });
    expect([active.credential.status, await isLive(id)]).toEqual(['active', true]);
    expect(await told(id)).toEqual({ value: { ...value, status: 'active' }, revision: active.revision });

    const retiring = await done(retire, { id });
    const { status: now, retiringSince, retiresAt } = retiring.credential;
    expect([now, retiresAt - retiringSince, await isLive(id)]).toEqual(['retiring', 900_000, true]);
    expect(await told(id)).toEqual({
      value: { agent: 'bot', status: 'retiring', expiresAt: retiresAt },
      revision: retiring.revision,
    });

    const revoked = await done(revoke, { id });
    expect(await isLive(id)).toBe(false);
    expect(await told(id)).toEqual({
      value: { agent: 'bot', status: 'revoked', expiresAt: retiresAt },
      revision: revoked.revision,
    });
    expect(revoked.revision).toBe(await api.revision());
  });

  it('an overlap that is over is revoked by itself, and was dead before that', async () => {
    const { id } = await made(issue);
    const retired = await done(retire, { id, s: 0 });
    expect(await isLive(id)).toBe(false);
    const last = await until('the revocation', async () => {
      const latest = await told(id);
      return latest !== undefined && (latest.value as { status: string }).status === 'revoked' && latest;
    });
    expect(last.revision).toBeGreaterThan(retired.revision);
  });

  it('an overlap never outlasts the expiry of the credential', async () => {
    const expiresAt = Date.now() + 60_000;
    const { id } = await made(issue, { expiresAt });
    await done(retire, { id, s: 86_400 });
    expect((await told(id))?.value).toEqual({ agent: 'bot', status: 'retiring', expiresAt });
  });

  it('before its beginning a credential is given no tokens, and guards are told the beginning', async () => {
    const notBefore = Date.now() + 60_000;
    const { id } = await made(issue, { notBefore });
    expect(await isLive(id)).toBe(false);
    expect((await told(id))?.value).toEqual({ agent: 'bot', status: 'active', expiresAt: null, notBefore });
  });

  it('of a key only the public part is kept, recognised by its thumbprint', async () => {
    const held = await made(issue, { kind: 'private_key_jwt', publicJwk: { ...jwk, use: 'sig', note: 'mine' } });
    expect([held.secret, held.publicJwk]).toEqual([null, jwk]);
    expect(held.prefix).toMatch(/^[A-Za-z0-9_-]{10}$/);
    const live = (await liveCredentialsOf(api.pool, 'bot')).find((each) => each.id === held.id);
    expect(live).toMatchObject({ kind: 'private_key_jwt', secretHash: null, publicJwk: jwk, jwksUri: null });
  });

  const key = { kind: 'private_key_jwt' };
  it.each<[string, () => object, string]>([
    ['a key and the address of one', () => ({ ...key, publicJwk: jwk, jwksUri: 'https://a.example' }), 'input_invalid'],
    ['a key credential without a key', () => key, 'input_invalid'],
    ['a secret with a key', () => ({ publicJwk: jwk }), 'input_invalid'],
    ['a private key', () => ({ ...key, publicJwk: private_.value }), 'key_refused'],
    ['a symmetric key', () => ({ ...key, publicJwk: { kty: 'oct', k: 'AAAA' } }), 'key_refused'],
    ['what is no key', () => ({ ...key, publicJwk: 'key' }), 'key_refused'],
    ['an end before the beginning', () => ({ notBefore: 9e12, expiresAt: 8e12 }), 'input_invalid'],
  ])('refuses %s, and leaves everything as it was', async (_what, input, code) => {
    const before = await world();
    for (const mutation of [issue, prepare])
      expect((await api.admin.ask(mutation, { input: { agent: 'bot', ...input() } })).code).toBe(code);
    expect(await world()).toEqual(before);
  });

  it('refuses every step out of order, and leaves everything as it was', async () => {
    const [prepared, active, retiring, revoked, tainted] = [
      await made(prepare),
      await made(issue),
      await made(issue),
      await made(issue),
      await made(issue),
    ];
    await done(retire, { id: retiring.id });
    await done(revoke, { id: revoked.id });
    await done(taint, { id: tainted.id, r: '' });
    const before = await world();
    const refused = async (mutation: string, id: string, more = {}) =>
      (await api.admin.ask(mutation, { id, ...more })).code;
    for (const id of [active.id, retiring.id]) expect(await refused(activate, id)).toBe('lifecycle_order');
    for (const id of [prepared.id, retiring.id]) expect(await refused(retire, id)).toBe('lifecycle_order');
    for (const id of [revoked.id, tainted.id])
      for (const step of [activate, retire, revoke]) expect(await refused(step, id)).toBe('already_revoked');
    expect(await refused(taint, tainted.id, { r: '' })).toBe('already_revoked');
    for (const s of [-1, 86_401]) expect(await refused(retire, active.id, { s })).toBe('input_invalid');
    for (const step of [activate, retire, revoke]) expect(await refused(step, 'cr_none')).toBe('not_found');
    expect(await refused(taint, 'cr_none', { r: '' })).toBe('not_found');
    expect(await world()).toEqual(before);
  });

  it('is not activated for an agent that is retired', async () => {
    const { id } = await made(prepare, { agent: 'old' });
    await api.admin.get('mutation { retireAgent(id: "old") { revision } }');
    const before = await world();
    expect((await api.admin.ask(activate, { id })).code).toBe('retired');
    expect(await world()).toEqual(before);
  });

  describe('a taint', () => {
    async function successor(of: string, agent: string): Promise<string> {
      const { id } = await made(issue, { agent });
      await api.pool.query('update credential set derived_from = $2 where id = $1', [id, of]);
      return id;
    }

    it('takes everything derived from the credential along in one revision, and nothing beside it', async () => {
      const root = await made(issue, { agent: 'host' });
      const child = await successor(root.id, 'host');
      const grandchild = await successor(child, 'host');
      const beside = await made(issue, { agent: 'host' });
      await done(revoke, { id: root.id });
      const before = await api.revision();
      const answer = await api.admin.get<{ taintCredential: object }>(taint, { id: root.id, r: 'found in a log' });
      expect(answer.taintCredential).toEqual({
        revision: before + 1,
        credentials: 3,
        conversations: 0,
        credential: { status: 'tainted', taintReason: 'found in a log' },
      });
      for (const id of [root.id, child, grandchild])
        expect(await told(id)).toEqual({
          value: { agent: 'host', status: 'tainted', expiresAt: null },
          revision: before + 1,
        });
      expect((await told(beside.id))?.value).toMatchObject({ status: 'active' });
      const live = await liveCredentialsOf(api.pool, 'host');
      expect(live.map(({ id }) => id)).toEqual([beside.id]);
    });

    it('of a successor leaves what it was made from', async () => {
      const root = await made(issue, { agent: 'host' });
      const child = await successor(root.id, 'host');
      await done(taint, { id: child, r: '' });
      expect((await told(root.id))?.value).toMatchObject({ status: 'active' });
      await done(taint, { id: root.id, r: '' });
      expect((await told(root.id))?.value).toMatchObject({ status: 'tainted' });
    });

    it('counts the open conversations that were opened with it', async () => {
      const { id } = await made(issue, { agent: 'host' });
      for (const status of ['open', 'closed'])
        await api.pool.query(
          `insert into conversation (id, agent_id, tasks, status, opened_by, credential_id, expires_at)
           values ($1, 'bot', '{lookup}', $2, 'host', $3, now() + interval '1 hour')`,
          [randomUUID(), status, id],
        );
      expect(await done(taint, { id, r: '' })).toMatchObject({ credentials: 1, conversations: 1 });
    });
  });
});
