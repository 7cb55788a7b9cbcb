import { beforeAll, describe, expect, it } from 'vitest';
import { testApi } from '../testing/test-api.js';
import { basic, giveSecret } from '../testing/test-token-server.js';
import { addAgent, addServer, assign } from '../testing/world.js';

const update =
  'mutation ($input: UpdateTokenSettingsInput!) { updateTokenSettings(input: $input) { revision settings { tokenLifeSeconds changedBy } } }';
const read =
  '{ tokenSettings { tokenLifeSeconds leastTokenLifeSeconds requireDpop issuer tokenUrl signingKeys { kid state } changedAt changedBy } }';

describe('token settings', () => {
  const api = testApi();
  let secret: string;
  beforeAll(async () => {
    await addServer(api.pool, 'desk', 'prod');
    await addAgent(api.pool, 'bot');
    await assign(api.pool, 'x', 'bot', 'support', 'prod');
    secret = await giveSecret(api, 'bot', 'cr_bot');
  });
  const lifeOfNext = async () => {
    const body = new URLSearchParams({ grant_type: 'client_credentials', resource: 'http://localhost/desk/mcp' });
    const response = await fetch(`${api.config.publicUrl}/oauth/token`, {
      method: 'POST',
      body,
      headers: basic('bot', secret),
    });
    return ((await response.json()) as Record<string, unknown>)['expires_in'];
  };

  it('say where tokens come from, how long they live and which key signs', async () => {
    const { tokenSettings } = await api.admin.get<{ tokenSettings: object }>(read);
    expect(tokenSettings).toMatchObject({
      tokenLifeSeconds: 300,
      leastTokenLifeSeconds: 60,
      requireDpop: false,
      issuer: api.config.publicUrl,
      tokenUrl: `${api.config.publicUrl}/oauth/token`,
      signingKeys: [{ state: 'signing' }],
      changedBy: null,
    });
  });

  it('hold from the next token on, and guards are told nothing', async () => {
    const before = await api.revision();
    const { updateTokenSettings } = await api.admin.get<{ updateTokenSettings: object }>(update, {
      input: { tokenLifeSeconds: 60, requireDpop: false },
    });
    expect(updateTokenSettings).toEqual({
      revision: before,
      settings: { tokenLifeSeconds: 60, changedBy: 'ada@example.org' },
    });
    expect([await lifeOfNext(), await api.revision()]).toEqual([60, before]);
  });

  it.each([
    ['a life below the least', { tokenLifeSeconds: 59, requireDpop: false }],
    ['a life above an hour', { tokenLifeSeconds: 3601, requireDpop: false }],
    ['what this version cannot do', { tokenLifeSeconds: 60, requireDpop: true }],
  ])('refuse %s', async (_name, input) => {
    const before = await api.admin.get(read);
    const life = await lifeOfNext();
    expect((await api.admin.ask(update, { input })).code).toBe('input_invalid');
    expect([await api.admin.get(read), await lifeOfNext()]).toEqual([before, life]);
  });

  it('are changed by nobody without the permission', async () => {
    const before = await api.admin.get(read);
    await api.pool.query(`delete from person_permission where permission = 'tokens:write'`);
    const input = { tokenLifeSeconds: 120, requireDpop: false };
    expect((await api.admin.ask(update, { input })).code).toBe('forbidden');
    expect((await api.visitor().ask(update, { input })).data).toBeNull();
    expect(await api.admin.get(read)).toEqual(before);
  });
});
