import { randomUUID } from 'node:crypto';
import { domains } from '@portcullis/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import { decisionRows } from '../decisions/decision-rows.js';
import { post, type TestGuard } from '../testing/test-guard.js';
import { testInstall } from '../testing/test-install.js';
import { testLink } from '../testing/test-link.js';
import { until } from '../testing/until.js';
import { addAgent, addServer, change } from '../testing/world.js';

const install = testInstall();
const link = testLink(install);

const decision = (fields: object = {}) => ({
  type: 'decision',
  id: randomUUID(),
  at: Date.now(),
  revision: 1,
  agent: 'cs-prod',
  instance: null,
  credential: null,
  role: 'support',
  task: 'execute',
  tool: 'refund',
  outcome: 'allow',
  reason: null,
  rule: 'grant:g1',
  detail: null,
  argumentsHash: 'h',
  ...fields,
});
const outcome = (id: string) => ({
  type: 'outcome',
  id: randomUUID(),
  at: Date.now(),
  revision: 2,
  decision: id,
  result: 'aborted',
  reason: 'kill_switch',
  rule: 'kill-switch:k',
  durationMs: 12.5,
});

const record = async (guard: TestGuard) => {
  const boot = await install.pool.query(`select durable_batch, last_batch_hash from guard_boot where boot = $1`, [
    guard.boot,
  ]);
  const batches = await install.pool.query(`select number, hash from report_batch where boot = $1 order by number`, [
    guard.boot,
  ]);
  const decisions = await install.pool.query(
    `select position, id, result from decision where boot = $1 order by position`,
    [guard.boot],
  );
  return {
    boot: boot.rows[0] as { durable_batch: number } | undefined,
    batches: batches.rows,
    decisions: decisions.rows,
  };
};

beforeAll(async () => {
  await addServer(install.pool, 'desk', 'prod');
  await addAgent(install.pool, 'cs-prod');
});

describe('a report', () => {
  it('P-A1 is answered with its nonce, a head read after it arrived, control time and a lease', async () => {
    const guard = await link.guard('desk');
    const head = await change(install.pool, ({ append }) => append('agent', 'cs-prod', { name: 'Newest' }));
    const report = guard.reportOf();
    const { status, body } = await post(`${link.url}/v1/report`, guard.sign(domains.report, report));
    expect(status).toBe(200);
    const answer = JSON.parse(String(body['payload'])) as Record<string, unknown>;
    expect(answer).toMatchObject({
      guard: guard.id,
      boot: guard.boot,
      nonce: report.nonce,
      head,
      leaseMs: 10_000,
      reportEveryMs: 3000,
      durable: 0,
      kid: link.signer.kid,
    });
    expect(Math.abs(Number(answer['controlTime']) - Date.now())).toBeLessThan(5000);
  });

  it('brings the key set when the guard holds an older one, and only then', async () => {
    const guard = await link.guard('desk');
    expect((await guard.report({ keySet: 0 })).keySet?.payload).toContain('tokenKeys');
    expect((await guard.report({ keySet: 1 })).keySet).toBeNull();
  });

  it('keeps posture, calls in flight, the lease and what is held; a position once, with its moment', async () => {
    const guard = await link.guard('desk');
    const head = (await guard.report()).head;
    const generation = (await guard.report()).generation.id;
    const holds = { generation, revision: head, digest: 'd' };
    await guard.report({ holds, posture: 'fresh', inFlight: 3 });
    await guard.report({ holds, posture: 'fresh', inFlight: 2 });
    const boot = await install.pool.query(
      `select held_generation, held_revision::int, posture, in_flight, lease_until > now() + interval '8 s' as leased from guard_boot where boot = $1`,
      [guard.boot],
    );
    expect(boot.rows).toEqual([
      { held_generation: generation, held_revision: head, posture: 'fresh', in_flight: 2, leased: true },
    ]);
    const positions = await install.pool.query(`select revision::int from guard_position where boot = $1`, [
      guard.boot,
    ]);
    expect(positions.rows).toEqual([{ revision: head }]);
  });

  it('does not believe a guard that says it holds more than there is, or another generation', async () => {
    const guard = await link.guard('desk');
    const { head, generation } = await guard.report();
    await guard.report({ holds: { generation: generation.id, revision: (head + 5) as typeof head, digest: 'd' } });
    await guard.report({ holds: { generation: 'another', revision: head, digest: 'd' } });
    expect((await install.pool.query(`select 1 from guard_position where boot = $1`, [guard.boot])).rowCount).toBe(0);
  });

  it('P-E9 names a loss when the previous boot is unknown, or was further than what is here', async () => {
    const guard = await link.guard('desk');
    const lossOf = async (boot: string) =>
      (await install.pool.query<{ loss_known: boolean }>(`select loss_known from guard_boot where boot = $1`, [boot]))
        .rows[0]?.loss_known;
    await guard.report({ batch: guard.batch(decision()) });
    const [honest, forgetful, ahead] = [guard.reboot(), guard.reboot(), guard.reboot()];
    await honest.report({ previousBoot: { boot: guard.boot, durable: 1 } });
    await forgetful.report({ previousBoot: 'unknown' });
    await ahead.report({ previousBoot: { boot: guard.boot, durable: 2 } });
    expect([await lossOf(honest.boot), await lossOf(forgetful.boot), await lossOf(ahead.boot)]).toEqual([
      false,
      true,
      true,
    ]);
  });

  it('tells no change: a report raises no revision', async () => {
    const guard = await link.guard('desk');
    const before = await install.revision();
    await guard.report({ batch: guard.batch(decision()) });
    expect(await install.revision()).toBe(before);
  });
});

describe('batches', () => {
  it('are stored with the exact texts and become decisions; an outcome completes its decision', async () => {
    const guard = await link.guard('desk');
    const first = decision({
      tool: 'odd \u0000 name \ud800',
      detail: 'amount 200 is over 100',
      outcome: 'deny',
      reason: 'constraint',
    });
    const second = decision();
    const batch = guard.batch(first, second, { type: 'intent', id: 'i', at: 1, decision: second.id });
    expect((await guard.report({ batch })).durable).toBe(1);
    expect((await guard.report({ batch: guard.batch(outcome(second.id)) })).durable).toBe(2);
    const stored = await install.pool.query<{ events: string }>(
      `select events from report_batch where boot = $1 and number = 1`,
      [guard.boot],
    );
    expect(JSON.parse(stored.rows[0]?.events ?? '')).toEqual(batch.events);
    const decisions = await install.pool.query(
      `select id, agent, outcome, reason, result, duration_ms, outcome_rule from decision where boot = $1 order by position`,
      [guard.boot],
    );
    expect(decisions.rows).toEqual([
      {
        id: first.id,
        agent: 'cs-prod',
        outcome: 'deny',
        reason: 'constraint',
        result: null,
        duration_ms: null,
        outcome_rule: null,
      },
      {
        id: second.id,
        agent: 'cs-prod',
        outcome: 'allow',
        reason: null,
        result: 'aborted',
        duration_ms: 12.5,
        outcome_rule: 'kill-switch:k',
      },
    ]);
  });

  it('say of a decision what would have been decided where its environment is observed', async () => {
    const guard = await link.guard('desk');
    const observed = { outcome: 'hold', reason: 'approval_required', rule: 'grant:g1', detail: 'odd \u0000 detail' };
    await guard.report({ batch: guard.batch(decision({ observed }), decision({ observed: null }), decision()) });
    const rows = await decisionRows(install.pool, 'boot = $1', [guard.boot], 10);
    expect(rows.map((row) => row.observed)).toEqual([null, null, { ...observed, detail: 'odd \ufffd detail' }]);
  });

  it('a batch that comes twice is stored once and confirmed again', async () => {
    const guard = await link.guard('desk');
    const [one, two] = [guard.batch(decision()), guard.batch(decision())];
    await guard.report({ batch: one });
    await guard.report({ batch: two });
    const before = await record(guard);
    expect((await guard.report({ batch: two })).durable).toBe(2);
    expect((await guard.report({ batch: one })).durable).toBe(2);
    expect(await record(guard)).toEqual(before);
  });

  it('a gap is refused with the number expected, and stores nothing', async () => {
    const guard = await link.guard('desk');
    const [, two] = [guard.batch(decision()), guard.batch(decision())];
    const before = await record(guard);
    expect(await guard.send({ batch: two })).toMatchObject({
      status: 409,
      body: { code: 'batch_gap', details: { expected: 1 } },
    });
    expect({ ...(await record(guard)), boot: undefined }).toEqual({ ...before, boot: undefined });
  });

  it('another batch at a number that is taken, a broken chain and a wrong hash are refused, and store nothing', async () => {
    const guard = await link.guard('desk');
    const one = guard.batch(decision());
    await guard.report({ batch: one });
    const twin = guard.reboot();
    Object.assign(twin, { boot: guard.boot });
    const before = await record(guard);
    expect(await guard.send({ batch: twin.batch(decision()) })).toMatchObject({
      status: 409,
      body: { code: 'batch_conflict' },
    });
    const second = guard.batch(decision());
    expect(await guard.send({ batch: { ...second, events: [JSON.stringify(decision())] } })).toMatchObject({
      body: { code: 'batch_conflict' },
    });
    const unchained = { ...twin.batch(decision()), number: 2 };
    expect(await guard.send({ batch: unchained })).toMatchObject({ body: { code: 'batch_conflict' } });
    expect(await record(guard)).toEqual(before);
    expect((await guard.report({ batch: second })).durable).toBe(2);
  });

  it('keeps events of an unknown form unread, and the rest of their batch', async () => {
    const guard = await link.guard('desk');
    expect((await guard.report({ batch: guard.batch({ type: 'from-the-future' }, decision()) })).durable).toBe(1);
    expect((await record(guard)).decisions).toHaveLength(1);
  });

  it('positions rise in the order in which they become visible, over many guards that report at once', async () => {
    const guards = await Promise.all(Array.from({ length: 12 }, () => link.guard('desk')));
    const seen: number[] = [];
    let isOver = false;
    const reader = (async () => {
      while (!isOver) {
        const rows = await install.pool.query<{ position: string }>(
          `select position from decision where position > $1 order by position`,
          [seen.at(-1) ?? 0],
        );
        seen.push(...rows.rows.map((row) => Number(row.position)));
      }
    })();
    await Promise.all(
      guards.map(async (guard) => {
        for (let i = 0; i < 5; i++) await guard.report({ batch: guard.batch(decision(), decision()) });
      }),
    );
    isOver = true;
    await reader;
    const all = await install.pool.query<{ position: string }>(`select position from decision order by position`);
    const after = await install.pool.query<{ position: string }>(`select position from decision where position > $1`, [
      seen.at(-1) ?? 0,
    ]);
    expect(seen).toEqual(
      all.rows
        .map((row) => Number(row.position))
        .filter((position) => !after.rows.some((row) => Number(row.position) === position)),
    );
  });

  it('shows the tools a server announces, and forgets those it no longer does', async () => {
    const guard = await link.guard('desk');
    const catalogue = (...names: string[]) => ({
      type: 'catalogue',
      id: randomUUID(),
      at: 1,
      tools: names.map((name) => ({
        name,
        description: 'd',
        inputSchema: { type: 'object', title: name === 'odd' ? 'a\u0000b' : name },
        hash: 'h',
      })),
    });
    const names = async () =>
      (
        await install.pool.query<{ name: string; input_schema: unknown }>(
          `select name, input_schema from observed_tool where server_id = 'desk' order by name`,
        )
      ).rows.map((row) => `${row.name} ${row.input_schema !== null}`);
    await guard.report({ batch: guard.batch(catalogue('refund', 'search', 'odd')) });
    expect(await names()).toEqual(['odd false', 'refund true', 'search true']);
    await guard.report({ batch: guard.batch(catalogue('search')) });
    expect(await names()).toEqual(['search true']);
  });
});

describe('who may report', () => {
  it('P-F2 refuses a wrong signature and an unknown guard alike, and writes nothing', async () => {
    const [guard, other] = [await link.guard('desk'), await link.guard('desk')];
    const batch = guard.batch(decision());
    const before = await record(guard);
    const forged = await post(`${link.url}/v1/report`, other.sign(domains.report, guard.reportOf({ batch })));
    const unknown = await post(
      `${link.url}/v1/report`,
      other.sign(domains.report, guard.reportOf({ guard: 'gd_nobody', batch })),
    );
    const inAnotherDomain = await post(`${link.url}/v1/report`, guard.sign(domains.hello, guard.reportOf({ batch })));
    expect(forged).toMatchObject({ status: 401, body: { code: 'signature_refused' } });
    expect(unknown).toEqual(forged);
    expect(inAnotherDomain).toEqual(forged);
    expect(await record(guard)).toEqual(before);
  });

  it('P-A11 refuses an evicted guard, whose lease is renewed no more', async () => {
    const guard = await link.guard('desk');
    await guard.report();
    await install.pool.query(`update guard set evicted_at = now() where id = $1`, [guard.id]);
    const lease = async () =>
      (await install.pool.query(`select lease_until, durable_batch from guard_boot where boot = $1`, [guard.boot]))
        .rows;
    const before = await lease();
    expect(await guard.send({ batch: guard.batch(decision()) })).toMatchObject({
      status: 403,
      body: { code: 'guard_refused' },
    });
    expect(await lease()).toEqual(before);
  });

  it('refuses a body over 1 MiB, one that is no report, and another protocol', async () => {
    const guard = await link.guard('desk');
    const before = await record(guard);
    expect(await post(`${link.url}/v1/report`, JSON.stringify('x'.repeat(1024 * 1024)))).toMatchObject({
      status: 413,
      body: { code: 'body_too_large' },
    });
    expect(await post(`${link.url}/v1/report`, 'nothing')).toMatchObject({
      status: 400,
      body: { code: 'input_invalid' },
    });
    expect(await post(`${link.url}/v1/report`, guard.sign(domains.report, { v: 1, guard: guard.id }))).toMatchObject({
      status: 400,
      body: { code: 'input_invalid' },
    });
    expect(await post(`${link.url}/v1/report`, guard.sign(domains.report, { v: 2, guard: guard.id }))).toMatchObject({
      status: 403,
      body: { code: 'guard_outdated' },
    });
    expect(await post(`${link.url}/v1/other`, {})).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect(await record(guard)).toEqual(before);
  });

  it('P-A7 gives no lease while it cannot write, and goes on by itself', async () => {
    const guard = await link.guard('desk');
    const lock = await install.pool.connect();
    await lock.query('begin; lock table guard_boot in access exclusive mode');
    expect(await guard.send()).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    await lock.query('rollback');
    lock.release();
    await until('an answer', async () => (await guard.send()).status === 200);
  });
});
