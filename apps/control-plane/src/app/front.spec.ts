import { describe, expect, it } from 'vitest';
import { testApi } from '../testing/test-api.js';
import { until } from '../testing/until.js';

/** Each level spreads the next one twice: few words, a thousand fields. */
function nestedFragments(levels: number): string {
  const level = (n: number) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} } `;
  return `{ ...F0 } ${Array.from({ length: levels }, (_, n) => level(n)).join('')} fragment F${levels} on Query { me { id } }`;
}

describe('the front of the API', () => {
  const api = testApi();
  const send = (
    body: string,
    headers: Record<string, string> = { 'content-type': 'application/json' },
    method = 'POST',
  ) => fetch(`${api.config.publicUrl}/graphql`, { method, headers, ...(method === 'POST' ? { body } : {}) });
  const problemOf = async (response: Response) => [
    response.status,
    ((await response.json()) as { code?: string }).code,
  ];

  it('takes GraphQL as JSON by POST only', async () => {
    expect(await problemOf(await send('', {}, 'GET'))).toEqual([405, 'input_invalid']);
    expect(await problemOf(await fetch(`${api.config.publicUrl}/graphql?query={me{id}}`))).toEqual([
      405,
      'input_invalid',
    ]);
    expect(
      await problemOf(await send('query={me{id}}', { 'content-type': 'application/x-www-form-urlencoded' })),
    ).toEqual([415, 'input_invalid']);
    expect(await problemOf(await send('{"query": "{ me { id } }"}', { 'content-type': 'text/plain' }))).toEqual([
      415,
      'input_invalid',
    ]);
    expect(await problemOf(await send('{"query": '))).toEqual([400, 'input_invalid']);
  });

  it('refuses a body beyond 256 KiB, and the revision stays', async () => {
    const before = await api.revision();
    expect(await problemOf(await send(JSON.stringify({ query: `{ me { id } } # ${'x'.repeat(300_000)}` })))).toEqual([
      413,
      'body_too_large',
    ]);
    expect(await api.revision()).toBe(before);
  });

  it('takes no batch', async () => {
    const response = await send(JSON.stringify([{ query: '{ me { id } }' }, { query: '{ me { id } }' }]));
    expect(response.status).toBe(400);
  });

  it.each([
    ['fields', `{ ...F } fragment F on Query { ${'agents { id } '.repeat(600)} }`],
    ['fields behind nested fragments', nestedFragments(10)],
    ['aliases', `{ ${Array.from({ length: 40 }, (_, n) => `a${n}: me { id }`).join(' ')} }`],
    ['tokens', `{ ${'me { id } '.repeat(2000)} }`],
  ])('limits %s', async (_what, query) => {
    const answer = await api.admin.ask(query);
    expect(answer.data).toBeNull();
    expect(answer.code).toBe('input_invalid');
  });

  it('suggests no field, and names the request in every error', async () => {
    const answer = await api.admin.ask('{ agnts { id } }');
    expect(answer.code).toBe('input_invalid');
    expect(answer.errors[0]?.message).not.toMatch(/did you mean/i);
    expect(answer.errors[0]?.extensions.requestId).toBe(answer.headers.get('x-request-id'));
    expect(Object.keys(answer.errors[0]?.extensions ?? {}).sort()).toEqual(['code', 'details', 'requestId']);
  });

  it('hides what broke, and logs it once under the id it gave', async () => {
    await api.pool.query('alter table role rename to role_gone');
    const answer = await api.admin.ask('{ roles { id } }');
    await api.pool.query('alter table role_gone rename to role');
    const id = answer.errors[0]?.extensions.requestId ?? '';
    expect(answer.code).toBe('internal');
    expect(JSON.stringify(answer.errors)).not.toMatch(/role_gone|relation|select/i);
    expect(
      api
        .log()
        .split('\n')
        .filter((line) => line.includes(id) && line.includes('a resolver failed')),
    ).toHaveLength(1);
  });

  it('lets no page frame it, and runs only its own scripts', async () => {
    const { headers } = await fetch(`${api.config.publicUrl}/health/live`);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('answers the token endpoint, which stands before Express, no differently from the rest', async () => {
    const { headers: usual } = await fetch(`${api.config.publicUrl}/health/live`);
    const body = new URLSearchParams({ grant_type: 'client_credentials' });
    const { status, headers } = await fetch(`${api.config.publicUrl}/oauth/token`, { method: 'POST', body });
    expect(status).toBe(400);
    const protecting = ['content-security-policy', 'x-content-type-options', 'referrer-policy', 'permissions-policy'];
    for (const name of protecting) expect([name, headers.get(name)]).toEqual([name, usual.get(name)]);
    expect(headers.get('x-powered-by')).toBeNull();
    const id = headers.get('x-request-id') ?? '';
    await until('the line of the request', () =>
      api.log().includes(`"id":"${id}","method":"POST","path":"/oauth/token"`),
    );
  });

  it('sends whoever comes for the stop page to the kill lane', async () => {
    const response = await fetch(`${api.config.publicUrl}/stop`, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([302, api.config.stopUrl]);
  });

  it('knows no other address, not even those of the sign-in library', async () => {
    for (const path of ['/api/auth/sign-up/email', '/api/auth/get-session', '/oauth/authorize', '/reg', '/nothing'])
      expect(await problemOf(await fetch(`${api.config.publicUrl}${path}`, { method: 'POST' }))).toEqual([
        404,
        'not_found',
      ]);
  });

  it('is live, and not ready while no link answers', async () => {
    expect((await fetch(`${api.config.publicUrl}/health/live`)).status).toBe(200);
    const ready = await fetch(`${api.config.publicUrl}/health/ready`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toEqual({
      status: 'unready',
      revision: await api.revision(),
      checks: { database: 'up', migrations: 'up', keys: 'up', link: 'down' },
    });
  });

  it('tells metrics to this machine, and to nobody behind a proxy', async () => {
    const own = await fetch(`${api.config.publicUrl}/metrics`);
    expect(await own.text()).toContain(`portcullis_revision ${await api.revision()}`);
    const foreign = await fetch(`${api.config.publicUrl}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.9' } });
    expect(await problemOf(foreign)).toEqual([403, 'forbidden']);
  });
});
