import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { testApi } from '../testing/test-api.js';
import { assertion, basic, giveKey, giveSecret } from '../testing/test-token-server.js';
import { addAgent, addServer, assign } from '../testing/world.js';

const api = testApi({ PORTCULLIS_LOG_LEVEL: 'trace' });
const canaries = new Set<string>();
let secret: string;

beforeAll(async () => {
  await addServer(api.pool, 'desk', 'prod');
  await addAgent(api.pool, 'bot');
  await assign(api.pool, 'x', 'bot', 'support', 'prod');
  secret = await giveSecret(api, 'bot', 'cr_bot');
  canaries.add(secret).add(Buffer.from(secret).toString('base64url'));
});

async function send(
  path: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<string> {
  const body = new URLSearchParams(fields);
  return (await fetch(`${api.config.publicUrl}${path}`, { method: 'POST', body, headers })).text();
}

/** Every row of every table, as text. */
async function database(): Promise<string> {
  const { rows } = await api.pool.query<{ name: string }>(
    `select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  );
  const texts: string[] = [];
  for (const { name } of rows) {
    const found = await api.pool.query<{ row: string }>(`select t::text as row from ${name} t`);
    texts.push(...found.rows.map(({ row }) => row));
  }
  return texts.join('\n');
}

describe('a secret, an assertion and a token', () => {
  it('stand in no log, no row and no refusal after good and bad use of each', async () => {
    const want = { grant_type: 'client_credentials', resource: 'http://localhost/desk/mcp' };
    const key = await giveKey(api, 'bot', 'cr_key');
    const proof = await assertion(key, 'bot', api.config.publicUrl);
    const wrong = `pcs_${randomUUID()}`;
    canaries.add(wrong).add(proof['client_assertion'] ?? '');
    const given = await send('/oauth/token', want, basic('bot', secret));
    const { access_token: token } = JSON.parse(given) as { access_token: string };
    canaries.add(token);
    const answers = [
      await send('/oauth/token', { ...want, client_id: 'bot', client_secret: wrong }),
      await send('/oauth/token', { ...want, scope: 'role:nobody' }, basic('bot', secret)),
      await send('/oauth/token', { ...want, ...proof }).then(() => send('/oauth/token', { ...want, ...proof })),
      await send('/oauth/introspect', { token }, basic('bot', wrong)),
      await send('/oauth/introspect', { token }, basic('bot', secret)),
      await send('/oauth/revoke', { token }, basic('bot', secret)),
      await send('/oauth/conversations', { id: randomUUID(), agent: 'bot' }, basic('bot', secret)),
    ];
    const kept = [api.log(), await database(), ...answers].join('\n');
    expect(kept).toContain('token refused');
    expect(kept).toContain('cr_bot');
    const found = [...canaries].map((canary) => canary !== '' && kept.includes(canary));
    expect(found).toEqual(found.map(() => false));
  });
});
