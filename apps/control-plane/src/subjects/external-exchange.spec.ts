import { randomUUID } from 'node:crypto';
import { tokenWords } from '@portcullis/contracts';
import { decodeJwt } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { ExchangeWorld } from '../testing/exchange-world.js';
import { testApi } from '../testing/test-api.js';
import { TestIssuer } from '../testing/test-issuer.js';
import { testTlsServer } from '../testing/test-tls-server.js';

const create = 'mutation ($input: CreateSubjectIssuerInput!) { createSubjectIssuer(input: $input) { revision } }';
const update = 'mutation ($input: UpdateSubjectIssuerInput!) { updateSubjectIssuer(input: $input) { revision } }';

describe("a user of somebody else's issuer", () => {
  const server = testTlsServer();
  const api = testApi({ PORTCULLIS_INTERNAL_HOSTS: 'localhost' }, { ca: () => server.authority.pem });
  const world = new ExchangeWorld(api);
  let corp: TestIssuer;
  const setting = { id: 'corp', name: 'Corp', audience: 'portcullis' };
  beforeAll(async () => {
    corp = new TestIssuer(server);
    await api.admin.get(create, { input: { ...setting, issuer: corp.address } });
  });
  const enable = (enabled: boolean) => api.admin.get(update, { input: { ...setting, enabled } });
  async function openBy(subjectToken: string) {
    const body = JSON.stringify({ id: randomUUID(), agent: 'bot', tasks: ['lookup'], subjectToken });
    const headers = { ...world.as('host'), 'content-type': 'application/json' };
    const answer = await fetch(`${api.config.publicUrl}/oauth/conversations`, { method: 'POST', headers, body });
    return (await answer.json()) as Record<string, unknown>;
  }

  it.each([tokenWords.jwt, tokenWords.idToken])(
    'is acted for by a token of type %s, no longer than it lives',
    async (type) => {
      const token = await corp.token({ exp: Math.floor(Date.now() / 1000) + 60 });
      const { status, body } = await world.exchange('bot', token, { subject_token_type: type });
      expect(status).toBe(200);
      const claims = decodeJwt(String(body['access_token']));
      expect(claims).toMatchObject({ sub: 'corp:ada', user: 'corp:ada', act: { sub: 'bot' }, agent: 'bot' });
      expect(claims.exp).toBe(decodeJwt(token).exp);
    },
  );

  it('is the user of a conversation that a host opens by the token', async () => {
    const before = await api.revision();
    expect(await openBy(await corp.token())).toMatchObject({ user: 'corp:ada', revision: before + 1 });
  });

  it.each<[string, () => Promise<string>, object?]>([
    ['by a token for another agent', () => corp.token({ may_act: { sub: 'other' } })],
    ['by an access token of the issuer', () => corp.token({}, { typ: 'at+jwt' })],
    [
      'by a token that is said to be an access token',
      () => corp.token(),
      { subject_token_type: tokenWords.accessToken },
    ],
    ['by a token for another audience', () => corp.token({ aud: 'other' })],
  ])('is not acted for %s, and nothing is left of it', async (_what, token, more = {}) => {
    const before = await world.rows();
    const { status, body } = await world.exchange('bot', await token(), { ...more });
    expect([status, body['error'], body['access_token']]).toEqual([400, 'invalid_grant', undefined]);
    expect(await world.rows()).toEqual(before);
  });

  it('is acted for by nobody while the issuer is disabled', async () => {
    const token = await corp.token();
    await enable(false);
    const before = await world.rows();
    expect((await world.exchange('bot', token)).body).toMatchObject({ error: 'invalid_grant' });
    expect(await openBy(token)).toMatchObject({ code: 'subject_token_refused' });
    expect(await world.rows()).toEqual(before);
    await enable(true);
    expect((await world.exchange('bot', token)).status).toBe(200);
  });

  it('leaves the token in no log', async () => {
    const [good, bad] = [await corp.token(), await corp.token({ aud: 'other' })];
    await world.exchange('bot', good);
    await world.exchange('bot', bad);
    expect(api.log()).toContain('subject token refused');
    expect([good, bad].filter((token) => api.log().includes(token.split('.')[2] ?? ''))).toEqual([]);
  });
});
