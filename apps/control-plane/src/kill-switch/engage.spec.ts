import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { standardLimits } from '../change-log/limits.js';
import { testInstall, wideLimits } from '../testing/test-install.js';
import { addAgent, addServer, assign } from '../testing/world.js';
import { engage, type Engagement } from './engage.js';

const install = testInstall();
const stop = (input: Partial<Engagement>) =>
  engage(
    install.pool,
    { id: randomUUID(), scope: 'agent', target: 'cs-prod', reason: '', person: 'p1', ...input },
    wideLimits,
  );
const engagements = async () => (await install.pool.query(`select id from engagement`)).rowCount;
const state = async () => [await install.revision(), await engagements()];

beforeAll(async () => {
  await addServer(install.pool, 'support-desk', 'prod');
  await addAgent(install.pool, 'cs-prod');
  await assign(install.pool, 'x1', 'cs-prod', 'support', 'prod');
});

describe('engaging a kill switch', () => {
  it('writes one engaged stop under the next revision', async () => {
    const before = await install.revision();
    const { engagement, revision } = await stop({ reason: 'it refunds everybody' });
    expect(revision).toBe(before + 1);
    const written = await install.pool.query<{ value: string }>(
      `select value from change_latest where kind = 'kill-switch' and object_id = $1`,
      [engagement],
    );
    expect(JSON.parse(written.rows[0]?.value ?? '')).toMatchObject({
      scope: 'agent',
      target: 'cs-prod',
      status: 'engaged',
    });
    const record = await install.pool.query(`select scope, target, reason, engaged_by from engagement where id = $1`, [
      engagement,
    ]);
    expect(record.rows).toEqual([
      { scope: 'agent', target: 'cs-prod', reason: 'it refunds everybody', engaged_by: 'p1' },
    ]);
  });

  it('P-C5 the same id again gives the same revision and changes nothing', async () => {
    const id = randomUUID();
    const first = await stop({ id });
    await stop({});
    const before = await state();
    expect(await stop({ id })).toEqual(first);
    expect(await state()).toEqual(before);
  });

  it('P-C5 the same id, twice at the same moment, is one engagement', async () => {
    const [before] = await state();
    const id = randomUUID();
    const both = await Promise.all([stop({ id }), stop({ id })]);
    expect(both[0]).toEqual(both[1]);
    expect(await install.revision()).toBe(Number(before) + 1);
  });

  it.each([
    ['another target', { target: 'support-desk' }],
    ['another scope', { scope: 'everything', target: '' }],
  ] as const)('refuses the same id with %s', async (_name, other) => {
    const id = randomUUID();
    await stop({ id });
    const before = await state();
    await expect(stop({ id, ...other })).rejects.toMatchObject({ code: 'conflict' });
    expect(await state()).toEqual(before);
  });

  it.each([
    ['agent', 'nobody'],
    ['server', 'nowhere'],
    ['environment', 'nowhere'],
    ['role', 'nothing'],
    ['tool', 'support-desk/unknown'],
    ['tool-class', 'unheard-of'],
    ['user', ''],
    ['everything', 'surplus'],
  ] as const)('refuses a stop of %s %s, which does not resolve', async (scope, target) => {
    const before = await state();
    await expect(stop({ scope, target })).rejects.toMatchObject({ code: 'not_found' });
    expect(await state()).toEqual(before);
  });

  it.each([
    ['everything', ''],
    ['environment', 'prod'],
    ['server', 'support-desk'],
    ['role', 'support'],
    ['tool-class', 'destructive'],
    ['user', 'crm:eve'],
    ['conversation', 'conv-1'],
  ] as const)('stops %s %s', async (scope, target) => {
    const before = await install.revision();
    expect((await stop({ scope, target })).revision).toBe(before + 1);
  });

  it('P-B2 answers not_stopped when the counter is held, leaves nothing, and the retry with the same id stops', async () => {
    const id = randomUUID();
    const before = await state();
    const gap = await install.pool.connect();
    await gap.query('begin; select 1 from change_counter for update');
    const refused = engage(
      install.pool,
      { id, scope: 'everything', target: '', reason: '', person: 'p1' },
      standardLimits,
    );
    await expect(refused).rejects.toMatchObject({
      code: 'not_stopped',
      message: expect.stringMatching(/^NOT STOPPED/) as string,
    });
    await gap.query('rollback');
    gap.release();
    expect(await state()).toEqual(before);
    expect((await stop({ id, scope: 'everything', target: '' })).revision).toBe(Number(before[0]) + 1);
  });
});
