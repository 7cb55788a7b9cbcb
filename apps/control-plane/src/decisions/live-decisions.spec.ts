import pg from 'pg';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { testInstall } from '../testing/test-install.js';
import type { DecisionBatch } from './decision.model.js';
import { DecisionTail } from './decision-tail.js';
import { DecisionsQueries } from './decisions.queries.js';
import { LiveDecisions } from './live-decisions.js';

const insert = `insert into decision (position, id, guard_id, boot, server_id, at, agent, tool, outcome, revision, arguments_hash, result)
  select $1 + n, 'd-' || ($1 + n), 'g', '00000000-0000-4000-8000-000000000000', 'desk', now(), $3, 'refund', 'allow', 1, 'h', $4
  from generate_series(0, $2 - 1) n`;

describe('live decisions', () => {
  const install = testInstall();
  const record = (
    position: number,
    count = 1,
    agent = 'bot',
    result: string | null = null,
    on: pg.Pool | pg.Client = install.pool,
  ) => on.query(insert, [position, count, agent, result]);
  const live = () => new LiveDecisions(install.pool, new DecisionsQueries(install.pool), pino({ level: 'silent' }));
  const positions = (batch: DecisionBatch) => batch.decisions.map((decision) => decision.position);

  async function next(stream: AsyncIterableIterator<DecisionBatch>): Promise<DecisionBatch> {
    const { value, done } = await stream.next();
    if (done) throw new Error('the stream ended');
    return value as DecisionBatch;
  }

  it('begin with the newest fifty and go on as they happen', async () => {
    await record(1, 60);
    const stream = await live().watch({});
    const first = await next(stream);
    expect([first.decisions.length, first.decisions[0]?.position, first.through]).toEqual([50, 11, 60]);
    await record(61, 3);
    expect(await next(stream)).toMatchObject({
      decisions: [{ position: 61 }, { position: 62 }, { position: 63 }],
      dropped: 0,
      through: 63,
    });
    await stream.return?.();
  });

  it('are told once each, and one that commits late is not lost', async () => {
    const late = new pg.Client({ connectionString: install.url });
    await late.connect();
    const stream = await live().watch({});
    await next(stream);
    await late.query('begin');
    await record(100, 1, 'bot', null, late);
    await record(101, 1);
    expect(positions(await next(stream))).toEqual([101]);
    await late.query('commit');
    await late.end();
    expect(positions(await next(stream))).toEqual([100]);
    await record(102);
    expect(positions(await next(stream))).toEqual([102]);
    await stream.return?.();
  });

  it('are not told again when they are long past', async () => {
    let now = 0;
    const tail = new DecisionTail(install.pool, () => now);
    await tail.start();
    await record(150, 2);
    expect((await tail.look()).decisions).toHaveLength(2);
    now = 2500;
    await record(149);
    await record(153);
    expect((await tail.look()).decisions.map((decision) => decision.position)).toEqual([149, 153]);
    for (now of [4000, 6000, 60_000]) expect((await tail.look()).decisions).toEqual([]);
  });

  it('are told again when the call ended badly, or its end says something, and only then', async () => {
    const stream = await live().watch({ agent: 'watched' });
    await next(stream);
    await record(200, 3, 'watched');
    expect(positions(await next(stream))).toEqual([200, 201, 202]);
    await install.pool.query(
      `update decision set result = case position when 201 then 'aborted' else 'ok' end,
         label_trust = case position when 202 then 'untrusted' end where position between 200 and 202`,
    );
    expect((await next(stream)).decisions).toMatchObject([
      { position: 201, result: 'aborted', labels: null },
      { position: 202, result: 'ok', labels: { trust: 'untrusted', secrecy: null } },
    ]);
    await stream.return?.();
  });

  it('reach only who asked for that agent, and a slow reader gets the newest two hundred and a count', async () => {
    const watch = live();
    const [all, other] = [await watch.watch({}), await watch.watch({ agent: 'other' })];
    await next(all);
    await next(other);
    await record(1000, 450, 'crowd', 'ok');
    await record(1450, 1, 'other', 'ok');
    expect(positions(await next(other))).toEqual([1450]);
    const batch = await next(all);
    expect([batch.decisions.length, batch.dropped, batch.decisions.at(-1)?.position]).toEqual([200, 251, 1450]);
    await all.return?.();
    await other.return?.();
  });
});
