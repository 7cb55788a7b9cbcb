import { randomUUID } from 'node:crypto';
import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { ExchangeWorld } from '../testing/exchange-world.js';
import { pausedBeforeCommit } from '../testing/paused-commit.js';
import { testApi } from '../testing/test-api.js';
import { giveSecret, postForm, type Answer } from '../testing/test-token-server.js';

const api = testApi();
const world = new ExchangeWorld(api);

const introspect = async (token: string) =>
  (await postForm(`${api.config.publicUrl}/oauth/introspect`, { token }, world.as('other'))).body['active'];

/** The exchange that met `end` before its commit carries an older revision and is dead after it; a later one is refused. */
async function meets(end: () => Promise<unknown>, exchange: () => Promise<Answer>, error: string): Promise<void> {
  const [, early] = await pausedBeforeCommit(api.pool, end, exchange);
  const token = String(early.body['access_token']);
  expect([early.status, decodeJwt(token)['rev']]).toEqual([200, (await api.revision()) - 1]);
  expect(await introspect(token)).toBe(false);
  const before = await world.rows();
  expect((await exchange()).body['error']).toBe(error);
  expect(await world.rows()).toEqual(before);
}

describe('P-F5 an exchange in the making', () => {
  it.each(['host', 'bot'])(
    'that meets the taint of the credential of %s makes no token that outlives it',
    async (by) => {
      const id = `cr_late_${by}`;
      const secret = await giveSecret(api, by, id);
      const own = { authorization: `Basic ${Buffer.from(`${by}:${secret}`).toString('base64')}` };
      const subject = await world.subjectToken('host');
      const scope = { scope: 'task:lookup' };
      const first = await world.exchange('host', subject, scope, by === 'host' ? own : {});
      const token = String(first.body['access_token']);
      const handed = { subject_token_type: 'urn:ietf:params:oauth:token-type:access_token' };
      await meets(
        () => api.admin.get('mutation ($id: ID!) { taintCredential(id: $id) { revision } }', { id }),
        () => world.exchange('bot', token, handed, by === 'bot' ? own : {}),
        by === 'bot' ? 'invalid_client' : 'invalid_grant',
      );
    },
  );

  it('that meets the close of its conversation makes no token that outlives it', async () => {
    const id = randomUUID();
    const open = 'mutation ($input: OpenConversationInput!) { openConversation(input: $input) { revision } }';
    await api.admin.get(open, { input: { id, agent: 'bot', tasks: ['lookup'] } });
    const subject = await world.subjectToken('bot');
    await meets(
      () => api.admin.get('mutation ($id: ID!) { closeConversation(id: $id) { revision } }', { id }),
      () => world.exchange('bot', subject, { scope: `conv:${id}` }),
      'invalid_scope',
    );
  });

  it('that meets the revocation of its subject token is refused as soon as that is committed', async () => {
    const token = await world.chainTo('host');
    const revoke = () => postForm(`${api.config.publicUrl}/oauth/revoke`, { token }, world.as('host'));
    const [, early] = await pausedBeforeCommit(api.pool, revoke, () => world.nested('bot', token));
    const claims = decodeJwt(String(early.body['access_token']));
    expect(claims['rev']).toBe((await api.revision()) - 1);
    expect(claims.exp).toBeLessThanOrEqual(Number(decodeJwt(token).exp));
    expect((await world.nested('bot', token)).body['error']).toBe('invalid_grant');
  });
});
