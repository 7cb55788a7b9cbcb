import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadFeedSigner, type FeedSigner } from '../keys/feed-signer.js';
import { issueStopTicket, stopTicketLifeMs } from '../keys/stop-ticket.js';
import { readConfig } from '../platform/config.js';
import { openLog } from '../platform/log.js';
import { testInstall } from '../testing/test-install.js';
import { addAgent, addServer, assign } from '../testing/world.js';
import { startLane } from './start-lane.js';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const install = testInstall();
let lane: Awaited<ReturnType<typeof startLane>>;
let signer: FeedSigner;
let url: string;

beforeAll(async () => {
  await addServer(install.pool, 'support-desk', 'prod');
  await addAgent(install.pool, 'cs-prod');
  await assign(install.pool, 'x1', 'cs-prod', 'support', 'prod');
  signer = await loadFeedSigner(install.pool, install.kek);
  const config = readConfig({
    DATABASE_URL: install.url,
    PORTCULLIS_DATA: install.data,
    PORTCULLIS_KILL_PORT: '0',
    PORTCULLIS_PUBLIC_URL: 'http://localhost:4000',
    PORTCULLIS_KILL_LOCK_TIMEOUT_MS: '500',
  });
  lane = await startLane(config, openLog('lane', 'silent'));
  url = `http://127.0.0.1:${lane.port}`;
});
afterAll(() => lane.stop());

const state = async () => [await install.revision(), (await install.pool.query('select id from engagement')).rowCount];
const good = () => issueStopTicket(signer, 'ana').ticket;

async function post(body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${url}/stop`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('the kill lane', () => {
  it('stops with a good ticket, and the same engagement again is the same answer', async () => {
    const [revision] = await state();
    const request = { scope: 'agent', id: 'cs-prod', reason: 'x', engagement: randomUUID() };
    const first = await post(request, { authorization: `Bearer ${good()}` });
    const again = await post(request, { authorization: `Bearer ${good()}` });
    expect(first).toEqual({ status: 200, body: { engagement: request.engagement, revision: Number(revision) + 1 } });
    expect(again).toEqual(first);
    expect(await state()).toEqual([Number(revision) + 1, 1]);
  });

  it.each([
    ['no ticket', () => '', {}, 401, 'stop_ticket_refused'],
    [
      'a ticket that has ended',
      () => issueStopTicket(signer, 'ana', ['agent'], Date.now() - stopTicketLifeMs - 1).ticket,
      {},
      401,
      'stop_ticket_refused',
    ],
    ['a ticket for other scopes', () => issueStopTicket(signer, 'ana', ['server']).ticket, {}, 403, 'forbidden'],
    ['a target that is not there', good, { id: 'nobody' }, 404, 'not_found'],
    ['a scope that is none', good, { scope: 'planet' }, 400, 'input_invalid'],
    ['an engagement that is no UUID', good, { engagement: 'x' }, 400, 'input_invalid'],
  ])('refuses %s and stops nothing', async (_name, ticket, change, status, code) => {
    const before = await state();
    const answer = await post(
      { scope: 'agent', id: 'cs-prod', engagement: randomUUID(), ...change },
      { authorization: `Bearer ${ticket()}` },
    );
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
    expect(await state()).toEqual(before);
  });

  it('refuses a body over 16 KiB and one that is not JSON', async () => {
    const before = await state();
    const large = await post(
      { scope: 'agent', id: 'cs-prod', reason: 'x'.repeat(20_000) },
      { authorization: `Bearer ${good()}` },
    );
    const broken = await post('{', { authorization: `Bearer ${good()}` });
    expect([large.status, large.body['code']]).toEqual([413, 'body_too_large']);
    expect([broken.status, broken.body['code']]).toEqual([400, 'input_invalid']);
    expect(await state()).toEqual(before);
  });

  it('outlives an address that no URL can have, and still stops', async () => {
    const status = await new Promise((resolve, reject) => {
      const sent = request(url, { path: '//', timeout: 3000 }, (response) => resolve(response.statusCode));
      sent.on('error', reject).on('timeout', () => sent.destroy(new Error('no answer')));
      sent.end();
    });
    const answer = await post({ scope: 'agent', id: 'cs-prod' }, { authorization: `Bearer ${good()}` });
    expect([status, answer.status]).toEqual([404, 200]);
  });

  it('takes nothing from a foreign origin, with a good ticket or without', async () => {
    const before = await state();
    const answer = await post(
      { scope: 'everything' },
      { authorization: `Bearer ${good()}`, origin: 'http://evil.example' },
    );
    expect([answer.status, answer.body['code']]).toEqual([403, 'origin_refused']);
    expect(await state()).toEqual(before);
  });

  it('answers a form with a page, and says NOT STOPPED when it did not', async () => {
    const form = (fields: Record<string, string>) =>
      fetch(`${url}/stop`, { method: 'POST', body: new URLSearchParams(fields) });
    const done = await form({ ticket: good(), scope: 'agent', id: 'cs-prod', reason: '<script>alert(1)</script>' });
    const refused = await form({ ticket: 'x', scope: 'agent', id: '<b>' });
    expect([done.status, done.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(await refused.text()).toContain('NOT STOPPED');
    expect(refused.status).toBe(401);
  });

  it('stops guessing after twenty wrong tickets and still takes a good one', async () => {
    const wrong = await Promise.all(
      Array.from({ length: 30 }, () => post({ scope: 'everything' }, { authorization: 'Bearer wrong' })),
    );
    expect(new Set(wrong.map((answer) => answer.body['code']))).toEqual(
      new Set(['stop_ticket_refused', 'rate_limited']),
    );
    const answer = await post(
      { scope: 'agent', id: 'cs-prod', engagement: randomUUID() },
      { authorization: `Bearer ${good()}` },
    );
    expect(answer.status).toBe(200);
  });

  it('keeps a ticket of the operator in the data folder, for its owner only', async () => {
    const file = join(install.data, 'stop-ticket');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const answer = await post(
      { scope: 'agent', id: 'cs-prod', engagement: randomUUID() },
      { authorization: `Bearer ${readFileSync(file, 'utf8').trim()}` },
    );
    expect(answer.status).toBe(200);
  });
});
