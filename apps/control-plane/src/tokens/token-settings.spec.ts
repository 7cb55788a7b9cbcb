import { beforeAll, describe, expect, it } from 'vitest';
import { dpopProof, proofKey } from '../testing/dpop-proof.js';
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
  const post = async (headers: Readonly<Record<string, string>> = {}) => {
    const body = new URLSearchParams({ grant_type: 'client_credentials', resource: 'http://localhost/desk/mcp' });
    const url = `${api.config.publicUrl}/oauth/token`;
    return fetch(url, { method: 'POST', body, headers: { ...basic('bot', secret), ...headers } });
  };
  const ask = async () => (await (await post()).json()) as Record<string, unknown>;
  const lifeOfNext = async () => (await ask())['expires_in'];
  const askProved = async () => {
    const [key, url] = [proofKey(), `${api.config.publicUrl}/oauth/token`];
    const nonce = (await post({ dpop: await dpopProof(key, url) })).headers.get('dpop-nonce');
    return (await (await post({ dpop: await dpopProof(key, url, { nonce }) })).json()) as Record<string, unknown>;
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

  it('ask every agent for a DPoP proof from the next token on, and give none without', async () => {
    await api.pool.query(`update credential set last_used_at = null`);
    const set = (requireDpop: boolean) => api.admin.get(update, { input: { tokenLifeSeconds: 60, requireDpop } });
    await set(true);
    const [refused, bound] = [await ask(), await askProved()];
    const { rows } = await api.pool.query('select last_used_at from credential where last_used_at is not null');
    await set(false);
    expect(refused).toEqual({
      error: 'invalid_dpop_proof',
      error_description: 'tokens are bound to a key here: send a DPoP proof (RFC 9449)',
    });
    expect([bound['token_type'], rows.length]).toEqual(['DPoP', 1]);
    expect(await lifeOfNext()).toBe(60);
  });

  it('note no use of a credential that was given nothing for want of a proof', async () => {
    await api.pool.query('update token_settings set require_dpop = true');
    await api.pool.query('update credential set last_used_at = null');
    const before = await api.revision();
    expect(await ask()).toMatchObject({ error: 'invalid_dpop_proof' });
    const { rows } = await api.pool.query('select last_used_at from credential where last_used_at is not null');
    await api.pool.query('update token_settings set require_dpop = false');
    expect([rows, await api.revision()]).toEqual([[], before]);
  });

  it.each([
    ['a life below the least', { tokenLifeSeconds: 59, requireDpop: false }],
    ['a life above an hour', { tokenLifeSeconds: 3601, requireDpop: false }],
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
