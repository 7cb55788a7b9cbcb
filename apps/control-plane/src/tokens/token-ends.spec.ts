import type { KeyObject } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { testInstall } from '../testing/test-install.js';
import { assertion, giveKey, testTokenServer } from '../testing/test-token-server.js';
import { addAgent, addServer, assign } from '../testing/world.js';

const install = testInstall();
const server = testTokenServer(install);
const want = { grant_type: 'client_credentials', resource: 'http://localhost/support-desk/mcp' };
let key: KeyObject;

beforeAll(async () => {
  await addServer(install.pool, 'support-desk', 'prod');
  await addAgent(install.pool, 'bot');
  await assign(install.pool, 'x-bot', 'bot', 'support', 'prod');
  key = await giveKey(install, 'bot', 'cr_key');
});

const ask = async () => server.post('/oauth/token', { ...want, ...(await assertion(key, 'bot', server.issuer)) });

describe('the end of a token', () => {
  const end = async (table: string, column: string, where: string) => {
    const at = new Date(Math.floor(Date.now() / 1000) * 1000 + 40_000);
    await install.pool.query(`update ${table} set ${column} = $1 where ${where}`, [at]);
    return {
      at: at.getTime() / 1000,
      restore: () => install.pool.query(`update ${table} set ${column} = null where ${where}`),
    };
  };

  it.each([
    ['credential', 'expires_at', `id = 'cr_key'`],
    ['credential', 'retires_at', `id = 'cr_key'`],
    ['assignment', 'not_after', `id = 'x-bot'`],
  ])('is not later than the end of its %s by %s', async (table, column, where) => {
    const { at, restore } = await end(table, column, where);
    const claims = await server.claimsOf(await ask());
    await restore();
    expect(claims.exp).toBe(at);
  });

  it('is given by the settings otherwise', async () => {
    await install.pool.query('update token_settings set token_life_seconds = 90');
    const answer = await ask();
    await install.pool.query('update token_settings set token_life_seconds = 300');
    expect(answer.body['expires_in']).toBe(90);
  });

  it('never begins before the assignment does', async () => {
    await install.pool.query(`update assignment set not_before = now() + interval '1 hour' where id = 'x-bot'`);
    const answer = await ask();
    await install.pool.query(`update assignment set not_before = null where id = 'x-bot'`);
    expect([answer.status, answer.body['error']]).toEqual([400, 'invalid_scope']);
  });
});
