import { randomUUID } from 'node:crypto';
import type { KillSwitchScope } from '@portcullis/contracts';
import { standardLimits } from '../change-log/limits.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadFeedSigner, type FeedSigner } from '../keys/feed-signer.js';
import { issueStopTicket, stopTicketLifeMs } from '../keys/stop-ticket.js';
import type { Running } from '../platform/process.js';
import { testInstall, testIssuer, wideLimits } from '../testing/test-install.js';
import { silentLog } from '../testing/test-link.js';
import { addAgent } from '../testing/world.js';
import { readConfig } from '../platform/config.js';
import { startLane } from './start-lane.js';

const install = testInstall();
let lane: Running;
let impatient: Running;
let signer: FeedSigner;
const url = (path = '/stop', running = lane) => `http://127.0.0.1:${String(running.ready['port'])}${path}`;
const ticket = (scopes?: KillSwitchScope[], now?: number) => issueStopTicket(signer, 'p1', scopes, now).ticket;

interface Sent {
  status: number;
  body: Record<string, unknown>;
}
async function send(body: object | string, headers: Record<string, string> = {}, running = lane): Promise<Sent> {
  const response = await fetch(url('/stop', running), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${ticket()}`, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
async function submit(fields: Record<string, string>): Promise<{ status: number; type: string | null; html: string }> {
  const response = await fetch(url(), { method: 'POST', body: new URLSearchParams(fields) });
  return { status: response.status, type: response.headers.get('content-type'), html: await response.text() };
}
const state = async () => [await install.revision(), (await install.pool.query(`select id from engagement`)).rowCount];
const stopAgent = { scope: 'agent', id: 'cs-prod' };

beforeAll(async () => {
  await addAgent(install.pool, 'cs-prod');
  signer = await loadFeedSigner(install.pool, install.kek);
  const config = readConfig({
    DATABASE_URL: install.url,
    PORTCULLIS_DATA: install.data,
    PORTCULLIS_KILL_PORT: '0',
    PORTCULLIS_PUBLIC_URL: testIssuer,
  });
  lane = await startLane({ ...config, limits: wideLimits }, silentLog);
  impatient = await startLane({ ...config, limits: standardLimits }, silentLog);
});
afterAll(async () => {
  await lane.stop();
  await impatient.stop();
});

describe('the kill lane', () => {
  it('stops by JSON with a bearer ticket, and says the revision', async () => {
    const [revision, count] = await state();
    const engagement = randomUUID();
    expect(await send({ ...stopAgent, engagement, reason: 'refunds' })).toEqual({
      status: 200,
      body: { engagement, revision: Number(revision) + 1 },
    });
    expect(await state()).toEqual([Number(revision) + 1, Number(count) + 1]);
    const kept = await install.pool.query(`select engaged_by, reason from engagement where id = $1`, [engagement]);
    expect(kept.rows).toEqual([{ engaged_by: 'p1', reason: 'refunds' }]);
  });

  it('P-C5 a repeated request is harmless', async () => {
    const engagement = randomUUID();
    const first = await send({ ...stopAgent, engagement });
    const before = await state();
    expect(await send({ ...stopAgent, engagement })).toEqual(first);
    expect(await state()).toEqual(before);
  });

  it('stops by a plain form, whose page is small, framework-free and never cached', async () => {
    const page = await fetch(url());
    const html = await page.text();
    expect(Buffer.byteLength(html)).toBeLessThan(10_240);
    expect(html).not.toContain('<script');
    expect(page.headers.get('cache-control')).toBe('no-store');
    const engagement = /name="engagement" value="([^"]+)"/.exec(html)?.[1] ?? '';
    const before = await install.revision();
    const answer = await submit({ ...stopAgent, reason: '', engagement, ticket: ticket() });
    expect(answer).toMatchObject({ status: 200, type: 'text/html; charset=utf-8' });
    expect(answer.html).toContain(`revision ${before + 1}`);
    expect(answer.html).toContain(engagement);
    expect(await install.revision()).toBe(before + 1);
  });

  it('answers that it lives', async () => {
    expect(await (await fetch(url('/health/live'))).json()).toEqual({ status: 'ok' });
  });
});

describe('the kill lane refuses, and changes nothing:', () => {
  it.each([
    ['no ticket', stopAgent, { authorization: '' }, 401, 'stop_ticket_refused'],
    ['a ticket that nobody signed', stopAgent, { authorization: 'Bearer bm90aGluZw' }, 401, 'stop_ticket_refused'],
    ['a scope that does not exist', { scope: 'galaxy', id: 'x' }, {}, 400, 'input_invalid'],
    ['an engagement that is no UUID', { ...stopAgent, engagement: 'one' }, {}, 400, 'input_invalid'],
    ['what is no JSON', 'nothing', {}, 400, 'input_invalid'],
    ['an agent that does not exist', { scope: 'agent', id: 'nobody' }, {}, 404, 'not_found'],
    ['everything with a target', { scope: 'everything', id: 'cs-prod' }, {}, 404, 'not_found'],
    ['a body over 16 KiB', { ...stopAgent, reason: 'x'.repeat(17_000) }, {}, 413, 'body_too_large'],
    ['a page of another origin', stopAgent, { origin: 'https://evil.example' }, 403, 'origin_refused'],
  ] as const)('%s', async (_name, body, headers, status, code) => {
    const before = await state();
    expect(await send(body, headers)).toMatchObject({ status, body: { code } });
    expect(await state()).toEqual(before);
  });

  it('a ticket that has ended, one of the future and one that was changed', async () => {
    const before = await state();
    const good = ticket();
    const changed = Buffer.from(Buffer.from(good, 'base64url').toString().replace('p1', 'p2')).toString('base64url');
    for (const wrong of [
      ticket(undefined, Date.now() - stopTicketLifeMs),
      ticket(undefined, Date.now() + 3_600_000),
      changed,
    ])
      expect(await send(stopAgent, { authorization: `Bearer ${wrong}` })).toMatchObject({
        status: 401,
        body: { code: 'stop_ticket_refused' },
      });
    expect(await state()).toEqual(before);
  });

  it('a scope that the ticket does not cover', async () => {
    const before = await state();
    const narrow = ticket(['server']);
    expect(await send(stopAgent, { authorization: `Bearer ${narrow}` })).toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    });
    expect(await state()).toEqual(before);
  });

  it('the same engagement for something else', async () => {
    const engagement = randomUUID();
    await send({ ...stopAgent, engagement });
    const before = await state();
    expect(await send({ scope: 'everything', id: '', engagement })).toMatchObject({
      status: 409,
      body: { code: 'conflict' },
    });
    expect(await state()).toEqual(before);
  });

  it('a release, which one ticket cannot do', async () => {
    const before = await state();
    const response = await fetch(url('/release'), { method: 'POST', headers: { authorization: `Bearer ${ticket()}` } });
    expect([response.status, ((await response.json()) as Record<string, unknown>)['code']]).toEqual([
      409,
      'release_needs_two_people',
    ]);
    expect(await state()).toEqual(before);
  });

  it('a form with a wrong ticket, in words, echoing nothing that was typed', async () => {
    const before = await state();
    const engagement = randomUUID();
    const answer = await submit({ scope: 'agent', id: '"><script>', engagement, ticket: 'wrong' });
    expect(answer).toMatchObject({ status: 401, type: 'text/html; charset=utf-8' });
    expect(answer.html).toContain('stop_ticket_refused');
    expect(answer.html).not.toContain('<script>');
    expect(await state()).toEqual(before);
  });

  it('P-B2 a stop while the counter is held: NOT STOPPED, with 503, and the same request works afterwards', async () => {
    const before = await state();
    const engagement = randomUUID();
    const gap = await install.pool.connect();
    await gap.query('begin; select 1 from change_counter for update');
    expect(await send({ ...stopAgent, engagement }, {}, impatient)).toMatchObject({
      status: 503,
      body: { code: 'not_stopped', detail: expect.stringContaining('NOT STOPPED') as string },
    });
    await gap.query('rollback');
    gap.release();
    expect(await state()).toEqual(before);
    expect((await send({ ...stopAgent, engagement })).status).toBe(200);
  });
});

describe('who asks', () => {
  it('the console may ask from its own origin, preflight included; nobody else may', async () => {
    const preflight = (origin: string) =>
      fetch(url(), { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } });
    const allowed = await preflight(testIssuer);
    expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([204, testIssuer]);
    const refused = await preflight('https://evil.example');
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([403, null]);
  });
});
