import { randomUUID } from 'node:crypto';
import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { ExchangeWorld } from '../testing/exchange-world.js';
import { testApi } from '../testing/test-api.js';
import { postForm } from '../testing/test-token-server.js';

const api = testApi();
const world = new ExchangeWorld(api);

/** The host opens one for the agent `bot`. */
async function open(more: object, host = 'host') {
  const body = JSON.stringify({ id: randomUUID(), agent: 'bot', tasks: ['lookup'], ...more });
  const headers = { ...world.as(host), 'content-type': 'application/json' };
  const response = await fetch(`${api.config.publicUrl}/oauth/conversations`, { method: 'POST', headers, body });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function tokenFor(conversation: unknown) {
  const fields = { grant_type: 'client_credentials', resource: 'http://localhost/desk/mcp' };
  const wish = { ...fields, scope: `conv:${String(conversation)}` };
  return decodeJwt(String((await postForm(world.url, wish, world.as('bot'))).body['access_token']));
}

describe("P-F3 a conversation's user", () => {
  it('is the one whose subject token the host brings, and a token for it is about that user', async () => {
    const before = await api.revision();
    const { status, body } = await open({ subjectToken: await world.subjectToken('bot') });
    expect([status, body['user'], body['revision']]).toEqual([200, world.user, before + 1]);
    const { rows } = await api.pool.query<{ user_id: string; value: string }>(
      `select v.user_id, l.value from conversation v join change_latest l on l.object_id = v.id::text where v.id = $1`,
      [body['conversation']],
    );
    expect(rows.map(({ user_id: user, value }) => [user, (JSON.parse(value) as { user: string }).user])).toEqual([
      [world.user, world.user],
    ]);
    expect(await tokenFor(body['conversation'])).toMatchObject({ sub: 'bot', user: world.user });
  });

  it('stays for as long as the conversation was opened for, past the end of the subject token', async () => {
    const subjectToken = await world.subjectToken('bot');
    const { body } = await open({ subjectToken, expiresInSeconds: 86_400 });
    expect(Number(body['expiresAt'])).toBeGreaterThan(Number(decodeJwt(subjectToken).exp) * 1000 + 86_000_000);
  });

  it('stays who it is: opened again for somebody else it is a conflict', async () => {
    const id = randomUUID();
    await open({ id });
    const before = await world.rows();
    const again = await open({ id, subjectToken: await world.subjectToken('bot') });
    expect([again.status, again.body['code'], await world.rows()]).toEqual([409, 'conflict', before]);
  });

  it.each<[string, () => Promise<string>]>([
    ['is for another agent (may_act)', () => world.subjectToken('other')],
    ["is for the host, and not for the conversation's agent", () => world.subjectToken('host')],
    ['has expired', () => world.signed({}, Date.now() - 400_000)],
    ['is of a person who is not there', () => world.signed({ person: 'nobody' })],
    ['is an access token', () => world.chainTo('host')],
    ['is a name', () => Promise.resolve(world.user)],
    ['is empty', () => Promise.resolve('')],
  ])('is nobody where the token %s: nothing is opened', async (_name, make) => {
    const subjectToken = await make();
    const before = await world.rows();
    const answer = await open({ subjectToken });
    expect([answer.status, answer.body['code']]).toEqual([400, 'subject_token_refused']);
    expect(await world.rows()).toEqual(before);
  });

  it('is not made by an agent that is not the host, though the subject token is good', async () => {
    const subjectToken = await world.subjectToken('bot');
    const before = await world.rows();
    expect((await open({ subjectToken }, 'other')).body['code']).toBe('conversation_refused');
    expect((await open({ subjectToken }, 'bot')).body['code']).toBe('conversation_refused');
    expect(await world.rows()).toEqual(before);
  });
});
