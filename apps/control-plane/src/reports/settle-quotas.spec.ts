import { bucketText, windowStart, type QuotaAnswer, type QuotaLine } from '@portcullis/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestGuard } from '../testing/test-guard.js';
import { testInstall } from '../testing/test-install.js';
import { testLink } from '../testing/test-link.js';
import { addAgent, addServer, assign } from '../testing/world.js';

const install = testInstall();
const link = testLink(install);
const hour = 3_600_000;

beforeAll(async () => {
  await addServer(install.pool, 'desk', 'prod');
  await addServer(install.pool, 'till', 'prod');
  await addServer(install.pool, 'lab', 'staging');
  await addAgent(install.pool, 'cs-prod');
  await addAgent(install.pool, 'stranger');
  await assign(install.pool, 'as-1', 'cs-prod', 'support', 'prod');
  await install.pool.query(`insert into tool (id, server_id, name) values ('desk/refund', 'desk', 'refund')`);
});

let grants = 0;

/** A grant of its own, so that no two tests count in one budget. */
async function grant(obligations: object[], fields: { tool?: string } = {}): Promise<string> {
  const id = `g${++grants}`;
  await install.pool.query(
    `insert into grants (id, role_id, environment_id, tool_id, tool_class, task, obligations, created_by) values ($1, 'support', 'prod', $2, $3, 'execute', $4, 'spec')`,
    [id, fields.tool ?? null, fields.tool ? null : 'payments', JSON.stringify(obligations)],
  );
  return id;
}

const amount = (max: number) => ({ kind: 'quota', per: 'agent', window: 'hour', amount: { path: 'amount', max } });
const calls = (most: number) => ({ kind: 'quota', per: 'agent', window: 'hour', calls: most });
const bucket = (id: string, what: 'calls' | `amount ${string}` = 'amount amount', agent = 'cs-prod') =>
  bucketText([id, what, 'hour', 'agent', agent, null]);
const line = (of: string, fields: Partial<QuotaLine> = {}): QuotaLine => ({
  ...{ bucket: of, from: windowStart('hour', Date.now()), spent: 0, handed: 0, returned: 0 },
  ...fields,
});
const ask = (need: number, times = 0) => ({ ask: { need, step: need, times } });

async function told(guard: TestGuard, ...quotas: QuotaLine[]): Promise<QuotaAnswer[]> {
  return (await guard.report({ quotas })).quotas ?? [];
}
const rows = async (of: string) =>
  (await install.pool.query<{ held: string }>(`select held, spent from quota_budget where bucket = $1`, [of])).rows;

describe('budgets', () => {
  it('P-E3 are handed out over guards and servers of one grant, never more than the limit', async () => {
    const id = await grant([amount(100)]);
    const [one, two] = [await link.guard('desk'), await link.guard('till')];
    const [first] = await told(one, line(bucket(id), ask(600_000)));
    expect(first).toMatchObject({ handed: 600_000, others: 0, left: 400_000 });
    const [second] = await told(two, line(bucket(id), ask(600_000)));
    expect(second).toMatchObject({ handed: 0, left: 400_000 });
    expect((await told(two, line(bucket(id), ask(400_000))))[0]).toMatchObject({ handed: 400_000, left: 0 });
    expect(await rows(bucket(id))).toEqual([{ held: '1000000', spent: '0' }]);
  });

  it('what one guard gave back another gets, and a report that comes twice counts once', async () => {
    const id = await grant([amount(100)]);
    const [one, two] = [await link.guard('desk'), await link.guard('desk')];
    await told(one, line(bucket(id), ask(1_000_000)));
    const back = line(bucket(id), { handed: 1_000_000, spent: 300_000, returned: 700_000 });
    await told(one, back);
    expect((await told(one, back))[0]).toMatchObject({ handed: 1_000_000, others: 0, left: 700_000 });
    expect((await told(two, line(bucket(id), ask(700_000))))[0]).toMatchObject({ handed: 700_000, others: 300_000 });
    // One that was sent before the return and comes after it changes nothing.
    await told(one, line(bucket(id), { handed: 1_000_000, spent: 100_000 }));
    expect(await rows(bucket(id))).toEqual([{ held: '1000000', spent: '300000' }]);
  });

  it('stay with the guard over its restarts, and an answer that was lost is given again', async () => {
    const id = await grant([amount(100)]);
    const guard = await link.guard('desk');
    await told(guard, line(bucket(id), ask(500_000)));
    expect((await told(guard.reboot(), line(bucket(id), ask(500_000))))[0]).toMatchObject({ handed: 500_000 });
    expect(await rows(bucket(id))).toEqual([{ held: '500000', spent: '0' }]);
  });

  it('many guards that ask at once get together exactly the limit', async () => {
    const id = await grant([amount(100)]);
    const guards = await Promise.all(Array.from({ length: 10 }, () => link.guard('desk')));
    const answers = await Promise.all(guards.map((guard) => told(guard, line(bucket(id), ask(130_000)))));
    const handed = answers.map(([answer]) => answer?.handed ?? 0);
    expect(handed.filter((share) => share > 0)).toHaveLength(7);
    expect(handed.reduce((sum, share) => sum + share, 0)).toBe(910_000);
  });

  it('of a window that is over, and of a grant that was revoked, are handed out no more but counted', async () => {
    const id = await grant([amount(100)]);
    const guard = await link.guard('desk');
    const now = windowStart('hour', Date.now());
    const [last] = await told(guard, line(bucket(id), { from: now - hour, ...ask(10) }));
    expect(last === undefined ? 0 : last.handed).toBe(0);
    await install.pool.query(`update grants set revoked_at = now() where id = $1`, [id]);
    const [revoked] = await told(guard, line(bucket(id), { spent: 7, ...ask(10) }));
    expect(revoked).toMatchObject({ handed: 0, left: 0 });
    expect(await rows(bucket(id))).toContainEqual({ held: '0', spent: '7' });
  });
});

describe('counts of calls', () => {
  it('are answered with what the other guards let through', async () => {
    const id = await grant([calls(10)]);
    const [one, two] = [await link.guard('desk'), await link.guard('till')];
    await told(one, line(bucket(id, 'calls'), { spent: 4 }));
    expect((await told(two, line(bucket(id, 'calls'), { spent: 3 })))[0]).toMatchObject({ handed: 0, others: 4 });
    expect((await told(one, line(bucket(id, 'calls'), { spent: 5 })))[0]).toMatchObject({ others: 3 });
  });
});

describe('P-E4 what a guard may move', () => {
  it('is about grants, agents and windows of its own slice; the rest gets no answer and leaves nothing', async () => {
    const id = await grant([amount(100)], { tool: 'desk/refund' });
    const [desk, till, lab] = [await link.guard('desk'), await link.guard('till'), await link.guard('lab')];
    const mine = line(bucket(id), ask(10));
    expect(await told(till, mine)).toEqual([]);
    expect(await told(lab, mine)).toEqual([]);
    const odd = [
      line(bucket('no-grant'), ask(10)),
      line(bucket(id, 'amount amount', 'stranger'), ask(10)),
      line(bucketText([id, 'amount amount', 'hour', 'conversation', 'cs-prod', 'no-record']), ask(10)),
      line(bucket(id), { from: mine.from + 1, ...ask(10) }),
      line(bucket(id), { from: mine.from + hour, ...ask(10) }),
      line(` ${bucket(id)}`, ask(10)),
      line('nothing', ask(10)),
    ];
    expect(await told(desk, ...odd)).toEqual([]);
    expect((await install.pool.query(`select 1 from quota_budget where grant_id = $1`, [id])).rows).toEqual([]);
    expect(await told(desk, mine, { ...mine, ...ask(900_000) })).toMatchObject([{ handed: 10 }]);
  });

  it('a quota the grant does not have is handed nothing', async () => {
    const id = await grant([amount(100)]);
    const guard = await link.guard('desk');
    const [answer] = await told(guard, line(bucket(id, 'amount total'), ask(10)));
    expect(answer).toMatchObject({ handed: 0, left: 0 });
  });

  it('a guard that tells of no quotas is answered nothing about them', async () => {
    const guard = await link.guard('desk');
    expect((await guard.report()).quotas).toBeUndefined();
  });
});
