import { request } from 'node:http';
import { emptySliceDigest } from '@portcullis/contracts/signed';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../change-log/command.js';
import type { TestFollower, TestGuard } from '../testing/test-guard.js';
import { testInstall, wideLimits } from '../testing/test-install.js';
import { linkConfig, silentLog, testLink, urlOf } from '../testing/test-link.js';
import { until } from '../testing/until.js';
import { addAgent, addServer, assign, change } from '../testing/world.js';
import { startLink } from './start-link.js';

const install = testInstall();
const link = testLink(install);
const followers: TestFollower[] = [];
const follow = (guard: TestGuard, options?: Parameters<TestGuard['follow']>[0]) => {
  const follower = guard.follow(options);
  followers.push(follower);
  return follower;
};
const rename = (name: string) => change(install.pool, ({ append }) => append('agent', 'cs-prod', { name }));

beforeAll(async () => {
  await addServer(install.pool, 'desk', 'prod');
  await addServer(install.pool, 'lab', 'staging');
  await addAgent(install.pool, 'cs-prod');
  await addAgent(install.pool, 'research');
  await assign(install.pool, 'x1', 'cs-prod', 'support', 'prod');
  await assign(install.pool, 'x2', 'research', 'research', 'staging');
});
afterEach(() => {
  for (const follower of followers.splice(0)) follower.stop();
});

describe('the feed', () => {
  it('outlives an upgrade to an address that no URL can have', async () => {
    const sent = request(link.url, { path: '//', headers: { connection: 'Upgrade', upgrade: 'websocket' } });
    await new Promise((resolve) => sent.on('error', resolve).on('response', resolve).end());
    expect((await fetch(`${link.url}/health/live`)).status).toBe(200);
  });

  it('P-D2 begins with a snapshot of the slice, signed, with its digest', async () => {
    const follower = follow(await link.guard('desk'));
    await follower.at(await install.revision());
    const [first] = follower.envelopes;
    expect(first).toMatchObject({
      kind: 'snapshot',
      slice: 'desk',
      from: 0,
      kid: link.signer.kid,
      generation: { number: 1 },
    });
    expect([...follower.held.keys()].sort()).toEqual([
      'agent cs-prod',
      'agent-status cs-prod',
      'assignment x1',
      'server desk',
    ]);
    expect(follower.digest).toBe(first?.digest);
  });

  it('P-D1 goes on with contiguous intervals, empty ones included, that add up', async () => {
    const follower = follow(await link.guard('desk'));
    await follower.at(await install.revision());
    await follower.at(await rename('One'));
    const other = await change(install.pool, ({ append }) => append('agent', 'research', { name: 'Not seen here' }));
    await follower.at(other);
    await follower.at(await rename('Two'));
    for (const [index, envelope] of follower.envelopes.entries()) {
      if (index > 0) expect(envelope).toMatchObject({ kind: 'interval', from: follower.envelopes[index - 1]?.through });
    }
    expect(follower.envelopes.find((envelope) => envelope.through === other)?.entries ?? []).toEqual([]);
    expect(follower.digest).toBe(follower.envelopes.at(-1)?.digest);
  });

  it('a guard never receives anything of another slice', async () => {
    const [desk, lab] = [follow(await link.guard('desk')), follow(await link.guard('lab'))];
    const head = await change(install.pool, ({ append }) => {
      append('agent', 'research', { name: 'Research' });
      append('credential', 'c-lab', { agent: 'research', status: 'active', expiresAt: null });
      append('kill-switch', '00000000-0000-4000-8000-000000000001', {
        scope: 'agent',
        target: 'research',
        status: 'engaged',
        engagedAt: 0,
      });
    });
    await Promise.all([desk.at(head), lab.at(head)]);
    expect(JSON.stringify(desk.envelopes)).not.toContain('research');
    expect(JSON.stringify(lab.envelopes)).not.toContain('cs-prod');
    expect(lab.held.has('kill-switch 00000000-0000-4000-8000-000000000001')).toBe(true);
  });

  it('takes a known position up with an interval, and any other with a snapshot', async () => {
    const guard = await link.guard('desk');
    const before = follow(guard);
    await before.at(await install.revision());
    const { position } = before;
    before.stop();
    const head = await rename('While away');
    const resumed = follow(guard, { position });
    await resumed.at(head);
    expect(resumed.envelopes[0]).toMatchObject({ kind: 'interval', from: position.revision, through: head });
    for (const wrong of [
      { ...position, digest: emptySliceDigest },
      { ...position, generation: 'another' },
    ]) {
      const follower = follow(guard, { position: wrong });
      await follower.at(head);
      expect(follower.envelopes[0]).toMatchObject({ kind: 'snapshot', through: head });
    }
  });

  it('gives a guard of before a restart an interval, and two links the same envelope', async () => {
    const guard = await link.guard('desk');
    const before = follow(guard);
    await before.at(await install.revision());
    const { position } = before;
    const head = await rename('Before the restart');
    const other = await startLink(linkConfig(install), silentLog);
    const elsewhere = guard.reboot();
    Object.assign(elsewhere, { url: urlOf(other) });
    const resumed = follow(elsewhere, { position });
    await Promise.all([resumed.at(head), before.at(head)]);
    expect(resumed.envelopes[0]).toMatchObject({ kind: 'interval', from: position.revision, through: head });
    const next = await rename('Both see it');
    await Promise.all([resumed.at(next), before.at(next)]);
    expect({ ...resumed.envelopes.at(-1), issuedAt: 0 }).toEqual({ ...before.envelopes.at(-1), issuedAt: 0 });
    await other.stop();
  });

  it('P-D5 guards at one position get the same bytes, whatever their operation is called', async () => {
    const [one, two, named] = [
      follow(await link.guard('desk')),
      follow(await link.guard('desk')),
      follow(await link.guard('desk'), { operation: 'other-id' }),
    ];
    const start = await install.revision();
    await Promise.all([one.at(start), two.at(start), named.at(start)]);
    const raw: string[] = [];
    for (const follower of [one, two, named]) follower.socket?.on('message', (data) => raw.push(String(data)));
    await rename('Same bytes');
    await until('three frames', () => raw.length === 3);
    const [same] = raw.filter((text) => !text.includes('other-id'));
    expect(raw.filter((text) => text === same)).toHaveLength(2);
    expect(raw.map((text) => (JSON.parse(text) as { payload: unknown }).payload)).toEqual(
      Array.from({ length: 3 }, () => (JSON.parse(same ?? '') as { payload: unknown }).payload),
    );
  });

  it('P-B1 a reader in the gap sees neither the number nor its rows until they are committed', async () => {
    const follower = follow(await link.guard('desk'));
    const start = await install.revision();
    await follower.at(start);
    const gap = await install.pool.connect();
    await gap.query('begin');
    await gap.query(`select portcullis_append('[["agent","cs-prod","{\\"name\\":\\"In the gap\\"}"]]')`);
    const second = follow(await link.guard('desk'));
    await second.at(start);
    expect([second.revision, follower.revision]).toEqual([start, start]);
    expect(second.held.get('agent cs-prod')?.[3]).not.toContain('In the gap');
    await gap.query('commit');
    gap.release();
    await Promise.all([follower.at(start + 1), second.at(start + 1)]);
    expect(second.held.get('agent cs-prod')?.[3]).toContain('In the gap');
  });

  it('serves an undisturbed sequence to a guard while twenty commands race', async () => {
    const follower = follow(await link.guard('desk'));
    const start = await install.revision();
    await follower.at(start);
    await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        runCommand(install.pool, async ({ append }) => append('agent', 'cs-prod', { name: `n${i}` }), {
          limits: wideLimits,
        }),
      ),
    );
    await follower.at(start + 20);
    expect(follower.digest).toBe(follower.envelopes.at(-1)?.digest);
  });
});

describe('P-B3 a new generation', () => {
  it('reaches connected guards as a snapshot, and their old position is worth nothing', async () => {
    const guard = await link.guard('lab');
    const follower = follow(guard);
    await follower.at(await install.revision());
    const { position } = follower;
    const { revision } = await runCommand(
      install.pool,
      async ({ client, append }) => {
        await client.query(`update change_counter set generation = 2, generation_id = 'second'`);
        append('agent', 'research', { name: 'Rebuilt' });
      },
      { limits: wideLimits },
    );
    await follower.at(revision);
    expect(follower.envelopes.at(-1)).toMatchObject({
      kind: 'snapshot',
      generation: { number: 2, id: 'second' },
      through: revision,
    });
    const again = follow(guard, { position });
    await again.at(revision);
    expect(again.envelopes[0]).toMatchObject({ kind: 'snapshot', generation: { id: 'second' } });
    expect((await guard.report()).generation).toEqual({ number: 2, id: 'second' });
  });
});

describe('who may follow', () => {
  const refused = async (guard: TestGuard, hello: ReturnType<TestGuard['hello']>) => {
    const follower = follow(guard, { hello });
    expect(await follower.closed()).toBe(4403);
    expect(follower.envelopes).toEqual([]);
  };

  it('P-F2 refuses a hello that another key signed, and one for a guard that does not exist', async () => {
    const [guard, other] = [await link.guard('desk'), await link.guard('desk')];
    await refused(guard, other.hello({ guard: guard.id }));
    await refused(guard, guard.hello({ guard: 'gd_unknown' }));
  });

  it('refuses a replayed hello', async () => {
    const guard = await link.guard('desk');
    const hello = guard.hello();
    const first = follow(guard, { hello });
    await first.at(await install.revision());
    first.stop();
    await refused(guard, hello);
  });

  it('refuses a hello that is more than 60 s away from control time', async () => {
    const guard = await link.guard('desk');
    await refused(guard, guard.hello({ at: Date.now() - 61_000 }));
    await refused(guard, guard.hello({ at: Date.now() + 61_000 }));
  });

  it('cuts a guard that is evicted while it follows, and takes it no more', async () => {
    const guard = await link.guard('desk');
    const follower = follow(guard);
    await follower.at(await install.revision());
    await install.pool.query(`update guard set evicted_at = now() where id = $1`, [guard.id]);
    expect(await follower.closed()).toBe(4403);
    await refused(guard, guard.hello());
  });

  it('P-E1 closes a second boot while the first is alive, and takes it once the first is gone', async () => {
    const guard = await link.guard('desk');
    await guard.report();
    const first = follow(guard);
    await first.at(await install.revision());
    const copy = guard.reboot();
    const second = follow(copy);
    expect(await second.closed()).toBe(4409);
    expect((await copy.send()).body).toMatchObject({ code: 'conflict' });
    expect(first.closeCode).toBeUndefined();
    first.stop();
    await until('the copy to be taken', async () => (await copy.send()).status === 200);
    const third = follow(copy);
    await third.at(await install.revision());
  });

  it('takes no document but its own', async () => {
    const guard = await link.guard('desk');
    const { createClient } = await import('graphql-ws');
    const { WebSocket } = await import('ws');
    const client = createClient({
      url: `${link.url.replace('http', 'ws')}/v1/feed`,
      webSocketImpl: WebSocket,
      connectionParams: { hello: guard.hello() },
      retryAttempts: 0,
    });
    const answer = new Promise((resolve) =>
      client.subscribe(
        { query: 'query { protocol }' },
        { next: resolve, error: resolve, complete: () => resolve('complete') },
      ),
    );
    expect(JSON.stringify(await answer)).toContain('one document only');
    client.terminate();
  });
});

describe('a guard that stops reading', () => {
  it('is cut once 1 MiB waits for it, holds nobody up, and resyncs', async () => {
    const [guard, other] = [await link.guard('desk'), await link.guard('desk')];
    const [slow, quick] = [follow(guard), follow(other)];
    const start = await install.revision();
    await Promise.all([slow.at(start), quick.at(start)]);
    slow.socket?.pause();
    let head = start;
    for (let i = 0; i < 40; i++) {
      head = await change(install.pool, ({ append }) =>
        append('agent', 'cs-prod', { name: `${i} ${'x'.repeat(400_000)}` }),
      );
      await quick.at(head);
    }
    const connected = async () =>
      (await install.pool.query(`select 1 from guard_boot where boot = $1 and connected`, [guard.boot])).rowCount;
    expect(slow.revision).toBeLessThan(head);
    slow.socket?.resume();
    expect(await slow.closed()).toBe(4408);
    await until('its end in the record', async () => (await connected()) === 0);
    const again = follow(guard, { position: slow.position });
    await again.at(head);
    expect(again.digest).toBe(again.envelopes.at(-1)?.kind === 'snapshot' ? quick.digest : again.digest);
    await rename('small again');
  });
});
