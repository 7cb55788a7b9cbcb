import { beforeAll, describe, expect, it } from 'vitest';
import { testApi } from '../testing/test-api.js';
import { assertion, basic, giveKey, giveSecret } from '../testing/test-token-server.js';
import { addAgent, addServer, assign } from '../testing/world.js';

const api = testApi();
const resource = 'http://localhost/desk/mcp';

beforeAll(async () => {
  await addServer(api.pool, 'desk', 'prod');
  for (const agent of ['bot', 'other']) {
    await addAgent(api.pool, agent);
    await assign(api.pool, `x-${agent}`, agent, 'support', 'prod');
  }
});

async function rotate(secret: string, body: object = {}, agent = 'bot') {
  const response = await fetch(`${api.config.publicUrl}/oauth/rotate`, {
    method: 'POST',
    headers: { ...basic(agent, secret), 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  };
}
async function token(secret: string): Promise<number> {
  const body = new URLSearchParams({ grant_type: 'client_credentials', resource });
  const response = await fetch(`${api.config.publicUrl}/oauth/token`, {
    method: 'POST',
    headers: basic('bot', secret),
    body,
  });
  return response.status;
}
const told = async (id: unknown) => {
  const { rows } = await api.pool.query<{ value: string; revision: string }>(
    `select value, revision from change_latest where kind = 'credential' and object_id = $1`,
    [id],
  );
  return rows[0] && { value: JSON.parse(rows[0].value) as unknown, revision: Number(rows[0].revision) };
};
async function world(): Promise<unknown> {
  const { rows } = await api.pool.query(
    'select id, stage, retires_at, derived_from, secret_hash from credential order by id',
  );
  return [await api.revision(), rows];
}

describe('POST /oauth/rotate', () => {
  it('gives a new secret at once, and both get tokens until the overlap ends', async () => {
    const old = await giveSecret(api, 'bot', 'cr_1');
    const before = await api.revision();
    const { status, headers, body } = await rotate(old, { overlapSeconds: 60 });
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(body).toMatchObject({ revision: before + 1, expiresAt: null, retires: { credential: 'cr_1' } });
    const { at } = body['retires'] as { at: number };
    expect(await told('cr_1')).toEqual({
      value: { agent: 'bot', status: 'retiring', expiresAt: at },
      revision: before + 1,
    });
    expect(await told(body['credential'])).toEqual({
      value: { agent: 'bot', status: 'active', expiresAt: null },
      revision: before + 1,
    });
    expect([await token(old), await token(String(body['clientSecret']))]).toEqual([200, 200]);
    expect(api.log()).not.toContain(String(body['clientSecret']));
  });

  it('without an overlap the old secret is dead at once', async () => {
    const old = await giveSecret(api, 'bot', 'cr_2');
    const { body } = await rotate(old, { overlapSeconds: 0 });
    expect([await token(old), await token(String(body['clientSecret']))]).toEqual([401, 200]);
  });

  it('takes the overlap of the rotation policy, and the expiry of the old secret', async () => {
    const old = await giveSecret(api, 'bot', 'cr_3');
    const expiresAt = Date.now() + 7_200_000;
    await api.pool.query('update credential set expires_at = $1 where id = $2', [new Date(expiresAt), 'cr_3']);
    await api.pool.query(
      `insert into rotation_policy (agent_id, interval_seconds, overlap_seconds, set_by) values ('bot', 3600, 100, 'spec')`,
    );
    const { body } = await rotate(old);
    expect(body['expiresAt']).toBe(expiresAt);
    const { rows } = await api.pool.query<{ overlap: number; derived: string }>(
      `select extract(epoch from o.retires_at - date_trunc('milliseconds', o.retiring_since))::int as overlap, n.derived_from as derived
       from credential o join credential n on n.id = $1 where o.id = 'cr_3'`,
      [body['credential']],
    );
    expect(rows).toEqual([{ overlap: 100, derived: 'cr_3' }]);
    await api.pool.query('delete from rotation_policy');
  });

  it('twenty times over, every secret works until it is replaced', async () => {
    let secret = await giveSecret(api, 'bot', 'cr_chain');
    for (let turn = 0; turn < 20; turn++) {
      const { body } = await rotate(secret, { overlapSeconds: 0 });
      secret = String(body['clientSecret']);
      expect(await token(secret)).toBe(200);
    }
    const answer = await api.admin.get<{ taintCredential: { credentials: number } }>(
      'mutation { taintCredential(id: "cr_chain") { credentials } }',
    );
    expect(answer.taintCredential.credentials).toBe(21);
    expect(await token(secret)).toBe(401);
  });

  it('refuses everybody else, and leaves everything as it was', async () => {
    const [retiring, mine] = [await giveSecret(api, 'bot', 'cr_4'), await giveSecret(api, 'bot', 'cr_5')];
    const key = await giveKey(api, 'other', 'cr_key');
    await rotate(retiring);
    const before = await world();
    const codes = async (answer: Promise<{ status: number; body: Record<string, unknown> }>) =>
      (await answer).body['code'];
    expect(await codes(rotate(retiring))).toBe('rotation_refused');
    expect(await codes(rotate('pcs_wrong'))).toBe('client_refused');
    expect(await codes(rotate(mine, {}, 'other'))).toBe('client_refused');
    for (const overlapSeconds of [-1, 86_401, 1.5, 'long'])
      expect(await codes(rotate(mine, { overlapSeconds }))).toBe('input_invalid');
    const proof = await assertion(key, 'other', api.config.publicUrl);
    const response = await fetch(`${api.config.publicUrl}/oauth/rotate`, {
      method: 'POST',
      body: new URLSearchParams(proof),
    });
    expect(await response.json()).toMatchObject({ code: 'rotation_refused' });
    expect(await world()).toEqual(before);
  });
});
