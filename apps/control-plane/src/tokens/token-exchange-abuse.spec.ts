import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { tokenWords } from '@portcullis/contracts';
import { decodeJwt, SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { dpopProof, proofKey } from '../testing/dpop-proof.js';
import { ExchangeWorld } from '../testing/exchange-world.js';
import { testApi } from '../testing/test-api.js';
import { basic, postForm, type Answer } from '../testing/test-token-server.js';

const api = testApi();
const world = new ExchangeWorld(api);
const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const plain = { grant_type: 'client_credentials', resource: 'http://localhost/desk/mcp' };

/** Signed by a key that is not ours, in every other word like what it imitates. */
const forged = (token: string, typ: string, more: Readonly<Record<string, unknown>> = {}) =>
  new SignJWT({ ...decodeJwt(token), ...more })
    .setProtectedHeader({ alg: 'ES256', typ, kid: kid(token) })
    .sign(stranger);

function kid(token: string): string {
  const head = Buffer.from(token.split('.')[0] ?? '', 'base64url').toString();
  return (JSON.parse(head) as { kid: string }).kid;
}

function unsigned(token: string): string {
  const head = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url');
  return `${head}.${token.split('.')[1] ?? ''}.`;
}

/** Asks, and sees that nothing was issued and nothing written. */
async function refused(ask: () => Promise<Answer>, error: string): Promise<Answer> {
  const before = await world.rows();
  const answer = await ask();
  expect([answer.body['error'], answer.body['access_token']]).toEqual([error, undefined]);
  expect(await world.rows()).toEqual(before);
  return answer;
}

async function conversation(user: string | null, agent = 'bot'): Promise<string> {
  const id = randomUUID();
  await api.pool.query(
    `insert into conversation (id, agent_id, user_id, tasks, opened_by, expires_at)
     values ($1, $2, $3, '{lookup}', 'spec', now() + interval '1 hour')`,
    [id, agent, user],
  );
  return id;
}

describe('RFC 8693 a subject token of a user', () => {
  it.each<[string, string, () => Promise<string>]>([
    ['for another agent (may_act)', 'invalid_grant', () => world.subjectToken('other')],
    ['that has expired', 'invalid_grant', () => world.signed({}, Date.now() - 400_000)],
    ['from the future', 'invalid_grant', () => world.signed({}, Date.now() + 400_000)],
    ['of another issuer', 'invalid_grant', () => world.signed({ issuer: 'http://localhost:1' })],
    ['of a person who is not there', 'invalid_grant', () => world.signed({ person: 'nobody' })],
    [
      'that names another user, signed by another key',
      'invalid_grant',
      async () => forged(await world.subjectToken('bot'), tokenWords.ownSubjectType, { sub: 'portcullis:eve' }),
    ],
    ['without a signature', 'invalid_grant', async () => unsigned(await world.subjectToken('bot'))],
    ['that is the word of the agent', 'invalid_grant', () => Promise.resolve(world.user)],
    ['that is an access token', 'invalid_grant', () => world.chainTo('host')],
    ['that is longer than any', 'invalid_grant', () => Promise.resolve('x'.repeat(9000))],
  ])('%s proves nothing', async (_name, error, make) => {
    const token = await make();
    for (const type of [tokenWords.jwt, tokenWords.idToken])
      await refused(() => world.exchange('bot', token, { subject_token_type: type }), error);
  });

  it('is no access token: it is not taken for one', async () => {
    const token = await world.subjectToken('bot');
    await refused(() => world.nested('bot', token), 'invalid_grant');
  });

  it('is refused to a client that does not prove itself, whatever it proves about the user', async () => {
    const wish = world.wish(await world.subjectToken('bot'));
    await refused(() => postForm(world.url, wish, basic('bot', 'pcs_wrong')), 'invalid_client');
    await refused(() => postForm(world.url, { ...wish, client_id: 'bot' }), 'invalid_client');
  });

  it('is refused when the person may not sign in any more, and the log says why', async () => {
    const token = await world.subjectToken('bot');
    const { rows } = await api.pool.query<{ person_id: string }>(
      `delete from person_permission where permission = 'read' returning person_id`,
    );
    await refused(() => world.exchange('bot', token), 'invalid_grant');
    await api.pool.query(`insert into person_permission (person_id, permission) values ($1, 'read')`, [
      rows[0]?.person_id,
    ]);
    expect((await world.exchange('bot', token)).status).toBe(200);
    expect(api.log()).toContain('may not sign in any more');
  });
});

describe('RFC 8693 an exchange', () => {
  it.each<[string, string, Readonly<Record<string, string>>]>([
    ['an actor token', 'invalid_request', { actor_token: 'made-up', actor_token_type: tokenWords.accessToken }],
    ['an audience', 'invalid_request', { audience: 'http://localhost/lab/mcp' }],
    ['another kind of token asked for', 'invalid_request', { requested_token_type: tokenWords.idToken }],
    ['a kind of subject token that is not taken', 'invalid_request', { subject_token_type: 'urn:x:saml2' }],
    ['no subject token', 'invalid_request', { subject_token: '' }],
    ['a role that is not held', 'invalid_scope', { scope: 'role:boss' }],
    ['a user of its own', 'invalid_scope', { scope: 'user:portcullis:eve' }],
    ['a conversation nobody opened', 'invalid_scope', { scope: `conv:${randomUUID()}` }],
    ['a server that is not there', 'invalid_target', { resource: 'http://localhost/gone/mcp' }],
  ])('with %s is refused', async (_name, error, more) => {
    const token = await world.subjectToken('bot');
    await refused(() => world.exchange('bot', token, more), error);
  });

  it('with two subject tokens, or for two servers, is refused', async () => {
    const token = await world.subjectToken('bot');
    for (const [name, value, error] of [
      ['subject_token', token, 'invalid_request'],
      ['resource', 'http://localhost/lab/mcp', 'invalid_target'],
    ] as const) {
      const fields = new URLSearchParams(world.wish(token));
      fields.append(name, value);
      await refused(() => postForm(world.url, fields, world.as('bot')), error);
    }
  });

  it.each([
    ['another user', 'portcullis:eve'],
    ['nobody', null],
  ])('P-F3 for a conversation of %s is refused: the agent joins no user to it', async (_name, user) => {
    const id = await conversation(user);
    const token = await world.subjectToken('bot');
    await refused(() => world.exchange('bot', token, { scope: `conv:${id}` }), 'invalid_scope');
  });

  it('P-F3 for a conversation of another agent is refused, though the user is the same', async () => {
    const id = await conversation(world.user, 'other');
    const token = await world.subjectToken('bot');
    await refused(() => world.exchange('bot', token, { scope: `conv:${id}` }), 'invalid_scope');
  });

  it('P-F3 is the only way to a user: fields of one beside client credentials change nothing', async () => {
    const fields = { ...plain, user: world.user, sub: world.user, subject_token: await world.subjectToken('bot') };
    const claims = decodeJwt(String((await postForm(world.url, fields, world.as('bot'))).body['access_token']));
    expect([claims.sub, claims['user'], claims['act']]).toEqual(['bot', undefined, undefined]);
  });

  it('needs a proof where tokens are bound to keys, and takes each proof once', async () => {
    const token = await world.subjectToken('bot');
    await api.pool.query('update token_settings set require_dpop = true');
    await refused(() => world.exchange('bot', token), 'invalid_dpop_proof');
    await api.pool.query('update token_settings set require_dpop = false');
    const key = proofKey();
    const asked = await world.exchange('bot', token, {}, { dpop: await dpopProof(key, world.url) });
    const nonce = asked.headers.get('dpop-nonce');
    const dpop = await dpopProof(key, world.url, { nonce });
    expect((await world.exchange('bot', token, {}, { dpop })).body['token_type']).toBe('DPoP');
    await refused(() => world.exchange('bot', token, {}, { dpop }), 'invalid_dpop_proof');
    const elsewhere = await dpopProof(key, `${api.config.publicUrl}/oauth/revoke`, { nonce });
    await refused(() => world.exchange('bot', token, {}, { dpop: elsewhere }), 'invalid_dpop_proof');
  });
});

describe('RFC 8693 an access token as subject', () => {
  let host: string;
  beforeAll(async () => {
    host = await world.chainTo('host');
  });

  it.each<[string, string, string, Readonly<Record<string, string>>]>([
    ['by an agent that its agent does not host', 'other', 'invalid_grant', {}],
    ['by its own agent', 'host', 'invalid_grant', {}],
    ['by an agent further down', 'third', 'invalid_grant', {}],
    ['for another environment', 'bot', 'invalid_target', { resource: 'http://localhost/lab/mcp' }],
  ])('is refused %s', async (_name, agent, error, more) => {
    await refused(() => world.nested(agent, host, more), error);
  });

  it('is refused when it is not about a user, or is for less', async () => {
    const own = String((await postForm(world.url, plain, world.as('host'))).body['access_token']);
    await refused(() => world.nested('bot', own), 'invalid_grant');
    const subject = await world.subjectToken('host');
    const lookup = String((await world.exchange('host', subject)).body['access_token']);
    for (const wider of ['update', 'execute'])
      await refused(() => world.nested('bot', lookup, { scope: `task:${wider}` }), 'invalid_scope');
  });

  it('is refused with a forged act, and without a signature', async () => {
    const act = { sub: 'host', act: { sub: 'portcullis:eve' } };
    const tokens = [await forged(host, 'at+jwt', { act }), await forged(host, 'at+jwt'), unsigned(host), `${host}x`];
    for (const token of tokens) await refused(() => world.nested('bot', token), 'invalid_grant');
  });

  it('is refused when it is bound to a key, also to the one who holds the key', async () => {
    const [key, subject] = [proofKey(), await world.subjectToken('host')];
    const asked = await world.exchange('host', subject, {}, { dpop: await dpopProof(key, world.url) });
    const proof = () => dpopProof(key, world.url, { nonce: asked.headers.get('dpop-nonce') });
    const bound = String((await world.exchange('host', subject, {}, { dpop: await proof() })).body['access_token']);
    expect(decodeJwt(bound)['cnf']).toBeDefined();
    const more = { subject_token_type: tokenWords.accessToken };
    await refused(() => world.exchange('bot', bound, more), 'invalid_grant');
    const dpop = await proof();
    await refused(() => world.exchange('bot', bound, more, { dpop }), 'invalid_grant');
  });

  it('is refused to a fifth actor', async () => {
    const fourth = await world.chainTo('fourth');
    await refused(() => world.nested('fifth', fourth), 'invalid_grant');
  });

  it.each([
    [
      'its credential is tainted',
      `insert into credential_taint (credential_id, tainted_by) values ('cr_host', 'spec')`,
      'delete from credential_taint',
    ],
    [
      'its credential is revoked',
      `insert into credential_revocation (credential_id, revoked_by) values ('cr_host', 'spec')`,
      'delete from credential_revocation',
    ],
    [
      'its agent is suspended',
      `update agent_status set status = 'suspended' where agent_id = 'host'`,
      `update agent_status set status = 'active'`,
    ],
    [
      'its agent is host no more',
      `update agent_host set host_id = 'other' where agent_id = 'bot'`,
      `update agent_host set host_id = 'host' where agent_id = 'bot'`,
    ],
  ])('is refused when %s', async (_name, end, restore) => {
    await api.pool.query(end);
    await refused(() => world.nested('bot', host), 'invalid_grant').finally(() => api.pool.query(restore));
    expect((await world.nested('bot', host)).status).toBe(200);
  });

  it('is refused when a credential further up is tainted', async () => {
    const bot = await world.chainTo('bot');
    await api.pool.query(`insert into credential_taint (credential_id, tainted_by) values ('cr_host', 'spec')`);
    await refused(() => world.nested('third', bot), 'invalid_grant').finally(() =>
      api.pool.query('delete from credential_taint'),
    );
    expect((await world.nested('third', bot)).status).toBe(200);
  });

  it('is refused when its conversation is closed, and when its agent is cut off', async () => {
    const id = await conversation(world.user, 'host');
    const subject = await world.subjectToken('host');
    const talk = String((await world.exchange('host', subject, { scope: `conv:${id}` })).body['access_token']);
    expect((await world.nested('bot', talk)).status).toBe(200);
    await api.pool.query(`update conversation set status = 'closed' where id = $1`, [id]);
    await refused(() => world.nested('bot', talk), 'invalid_grant');
    const old = await world.chainTo('host');
    await api.pool.query(`select portcullis_append('[["cut-off","host","{\\"agent\\":\\"host\\"}"]]'::jsonb)`);
    await refused(() => world.nested('bot', old), 'invalid_grant');
  });

  it('is refused in the same words whatever is wrong, and the log tells them apart', async () => {
    const [token, foreign] = [await world.chainTo('host'), await world.subjectToken('other')];
    const answers = [
      await world.nested('other', token),
      await world.nested('bot', unsigned(token)),
      await world.exchange('bot', foreign),
      await world.exchange('bot', 'nonsense'),
    ];
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(400);
    for (const why of ['its agent does not host this one', 'no access token of ours', 'only other may act'])
      expect(api.log()).toContain(why);
  });
});
