import { decodeProtectedHeader } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../change-log/command.js';
import { lockWaiters } from '../testing/paused-commit.js';
import { testApi } from '../testing/test-api.js';
import { basic, giveSecret } from '../testing/test-token-server.js';
import { until } from '../testing/until.js';
import { addAgent, addServer, assign } from '../testing/world.js';
import { promoteSigningKey } from './advance-signing-keys.js';
import { CurrentTokenKeys } from './current-token-keys.js';
import { rotateSigningKey } from './rotate-signing-key.js';
import { withdrawSigningKey } from './withdraw-signing-key.js';

const api = testApi();
let secret: string;

beforeAll(async () => {
  await addServer(api.pool, 'desk', 'prod');
  await addAgent(api.pool, 'bot');
  await assign(api.pool, 'x', 'bot', 'support', 'prod');
  secret = await giveSecret(api, 'bot', 'cr_bot');
});

async function post(path: string, fields: Record<string, string>): Promise<Record<string, unknown>> {
  const body = new URLSearchParams(fields);
  const answer = await fetch(`${api.config.publicUrl}${path}`, { method: 'POST', headers: basic('bot', secret), body });
  return (await answer.json()) as Record<string, unknown>;
}
const token = async () =>
  String(
    (await post('/oauth/token', { grant_type: 'client_credentials', resource: 'http://localhost/desk/mcp' }))[
      'access_token'
    ],
  );
const kidOf = (text: string) => decodeProtectedHeader(text).kid;
const isActive = async (text: string) => (await post('/oauth/introspect', { token: text }))['active'];
const signing = async () => (await CurrentTokenKeys.open(api.pool, api.kek)).signing().kid;
const published = async () =>
  ((await (await fetch(`${api.config.publicUrl}/oauth/jwks`)).json()) as { keys: { kid: string }[] }).keys.map(
    ({ kid }) => kid,
  );

const terms = () => ({ kek: api.kek, issuer: api.config.publicUrl });

async function rotated(): Promise<string> {
  const { value } = await runCommand(api.pool, ({ client }) => rotateSigningKey(client, terms()));
  await runCommand(api.pool, ({ client }) => promoteSigningKey(client));
  return value;
}

/** A token whose request has begun, and waits for its standing while something else happens. */
async function inTheMaking(meanwhile: () => Promise<void>): Promise<string> {
  const gap = await api.pool.connect();
  try {
    await gap.query('begin; lock table token_settings in access exclusive mode');
    const making = token();
    await until('the token at its standing', async () => (await lockWaiters(api.pool)) >= 1);
    await meanwhile();
    await gap.query('rollback');
    return await making;
  } finally {
    gap.release();
  }
}

describe('a token in the making while its key is', () => {
  it('rotated away, is signed by the key it began with and is good', async () => {
    const [old, before] = [await signing(), await api.revision()];
    const text = await inTheMaking(async () => {
      const next = await rotated();
      await until('the api knows the next key', async () => (await published()).includes(next));
    });
    expect(kidOf(text)).toBe(old);
    expect(await isActive(text)).toBe(true);
    expect(kidOf(await token())).toBe(await signing());
    expect([(await signing()) === old, await api.revision()]).toEqual([false, before]);
  });

  it('withdrawn, is dead before it is given', async () => {
    const old = await signing();
    const text = await inTheMaking(async () => {
      await rotated();
      await runCommand(api.pool, ({ client }) => withdrawSigningKey(client, old, terms()));
      await until('the api has given the key up', async () => !(await published()).includes(old));
    });
    expect(kidOf(text)).toBe(old);
    expect(await isActive(text)).toBe(false);
  });
});
