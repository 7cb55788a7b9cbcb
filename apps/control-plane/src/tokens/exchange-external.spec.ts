import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { tokenWords } from '@portcullis/contracts';
import { decodeJwt } from 'jose';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createFetchPublic } from '../platform/fetch-public.js';
import { testInstall } from '../testing/test-install.js';
import { TestIssuer } from '../testing/test-issuer.js';
import { testTlsServer } from '../testing/test-tls-server.js';
import { basic, giveSecret, testTokenServer } from '../testing/test-token-server.js';
import { addAgent, addServer, assign } from '../testing/world.js';

const install = testInstall();
const outside = testTlsServer();
const server = testTokenServer(install, () => ({
  fetchPublic: createFetchPublic({ internalHosts: ['localhost'], ca: outside.authority.pem }),
}));
const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
let corp: TestIssuer;
let secret: string;

beforeAll(async () => {
  corp = new TestIssuer(outside);
  await addServer(install.pool, 'desk', 'prod');
  await addAgent(install.pool, 'bot');
  await assign(install.pool, 'x-bot', 'bot', 'support', 'prod');
  secret = await giveSecret(install, 'bot', 'cr_bot');
});
beforeEach(async () => {
  await install.pool.query('delete from subject_issuer');
  await install.pool.query(
    `insert into subject_issuer (id, name, issuer, audience, created_by) values ('corp', 'Corp', $1, 'portcullis', 'spec')`,
    [corp.address],
  );
});

const exchange = (token: string, type: string = tokenWords.idToken, more: Readonly<Record<string, string>> = {}) => {
  const fields = { grant_type: tokenWords.exchangeGrant, subject_token: token, subject_token_type: type };
  return server.post(
    '/oauth/token',
    { ...fields, resource: 'http://localhost/desk/mcp', ...more },
    basic('bot', secret),
  );
};

async function rows(): Promise<unknown> {
  const read = async (text: string) => (await install.pool.query<Record<string, unknown>>(text)).rows;
  return {
    revision: await install.revision(),
    proofs: await read('select * from used_proof'),
    uses: await read('select id, last_used_at from credential'),
  };
}

describe("an exchange for a user of somebody else's issuer", () => {
  it.each([tokenWords.idToken, tokenWords.jwt])('gives a token about that user, by %s', async (type) => {
    const exp = Math.floor(Date.now() / 1000) + 60;
    const claims = await server.claimsOf(await exchange(await corp.token({ exp }), type));
    expect(claims).toMatchObject({ sub: 'corp:ada', user: 'corp:ada', agent: 'bot', act: { sub: 'bot' }, exp });
  });

  it('gives none for a conversation of the same name at another issuer', async () => {
    const id = randomUUID();
    await install.pool.query(
      `insert into conversation (id, agent_id, user_id, tasks, opened_by, expires_at)
       values ($1, 'bot', 'other:ada', '{lookup}', 'spec', now() + interval '1 hour')`,
      [id],
    );
    const [token, before] = [await corp.token(), await rows()];
    const answer = await exchange(token, tokenWords.idToken, { scope: `conv:${id}` });
    expect([answer.body['error'], await rows()]).toEqual(['invalid_scope', before]);
  });

  it.each<[string, () => Promise<string>]>([
    ['signed by another key', () => corp.token({}, {}, stranger)],
    ['for another audience', () => corp.token({ aud: 'other' })],
    ['that has expired', () => corp.token({ iat: 1, exp: 2 })],
    ['of an issuer nobody configured', () => corp.token({ iss: `${outside.origin}/other` })],
    ['that says another agent may act', () => corp.token({ may_act: { sub: 'other' } })],
    ['that is an access token of that issuer', () => corp.token({}, { typ: 'at+jwt' })],
    [
      'of an issuer that is disabled',
      async () => {
        await install.pool.query('update subject_issuer set enabled = false');
        return corp.token();
      },
    ],
  ])('gives none by a token %s, and the refusals read alike', async (_name, make) => {
    const token = await make();
    const before = await rows();
    const answer = await exchange(token);
    expect(answer.body).toEqual({
      error: 'invalid_grant',
      error_description: 'bring a subject token that is live and that this agent may act by',
    });
    expect([answer.status, await rows()]).toEqual([400, before]);
  });

  it('is not handed on as an access token, whoever signed what it says about a user', async () => {
    const said = { typ: 'at+jwt' };
    const token = await corp.token({ user: 'portcullis:eve', agent: 'host', client_id: 'host' }, said);
    expect(decodeJwt(token)['user']).toBe('portcullis:eve');
    const before = await rows();
    const answer = await exchange(token, tokenWords.accessToken);
    expect([answer.body['error'], await rows()]).toEqual(['invalid_grant', before]);
  });
});
