import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { testApi } from '../testing/test-api.js';
import { until } from '../testing/until.js';
import { endObservations } from './end-observations.js';

const dayMs = 86_400_000;
const observe = `mutation ($input: ObserveEnvironmentInput!) { observeEnvironment(input: $input) {
  revision environment { id mode observation { until startedAt startedBy reason } } } }`;
const enforce =
  'mutation ($id: ID!) { enforceEnvironment(id: $id) { revision environment { mode observation { until } } } }';

interface Observed {
  readonly revision: number;
  readonly environment: { mode: string; observation: { until: number; startedAt: number } | null };
}

describe('an observation', () => {
  const api = testApi({ PORTCULLIS_KILL_LOCK_TIMEOUT_MS: '5000' });
  const make = (mutation: string) => api.admin.get(`mutation { ${mutation} { revision } }`);
  const begin = async (id: string, more: object = { days: 7 }) =>
    (await api.admin.get<{ observeEnvironment: Observed }>(observe, { input: { id, reason: 'to learn', ...more } }))
      .observeEnvironment;
  const end = async (id: string) =>
    (await api.admin.get<{ enforceEnvironment: Observed }>(enforce, { id })).enforceEnvironment;
  const told = async (id: string) => {
    const { rows } = await api.pool.query<{ value: string | null; revision: string }>(
      `select value, revision::text from change_latest where kind = 'environment' and object_id = $1`,
      [id],
    );
    return rows[0] && { value: JSON.parse(rows[0].value ?? 'null') as unknown, revision: Number(rows[0].revision) };
  };
  async function world(): Promise<unknown> {
    const read = async (query: string) => (await api.pool.query(query)).rows;
    return [
      await api.revision(),
      await read('select * from observation order by id'),
      await read('select * from change_latest order by 1, 2'),
    ];
  }

  beforeAll(async () => {
    for (const id of ['prod', 'lab', 'short', 'stopped'])
      await make(`createEnvironment(input: { id: "${id}", name: "${id}" })`);
  });

  it('tells guards until when, is shown with who and why, and raises the revision by one', async () => {
    const before = await api.revision();
    const { revision, environment } = await begin('lab');
    const { until: ends = 0, startedAt = 0 } = environment.observation ?? {};
    expect(revision).toBe(before + 1);
    expect(environment).toMatchObject({
      mode: 'observe',
      observation: { startedBy: 'ada@example.org', reason: 'to learn' },
    });
    expect(ends - startedAt).toBe(7 * dayMs);
    expect(await told('lab')).toEqual({ value: { mode: 'observe', observeUntil: ends }, revision });
  });

  it('is ended by a person at once, and kept', async () => {
    const before = await api.revision();
    const { revision, environment } = await end('lab');
    expect([revision, environment]).toEqual([before + 1, { mode: 'enforce', observation: null }]);
    expect(await told('lab')).toEqual({ value: null, revision });
    const kept = await api.pool.query(`select ended_by from observation where environment_id = 'lab'`);
    expect(kept.rows).toEqual([{ ended_by: 'ada@example.org' }]);
  });

  it('ends by itself, is enforced from that moment on whoever has recorded it, and can be followed by another', async () => {
    const { environment } = await begin('short', { until: Date.now() + 1_500 });
    expect(environment.mode).toBe('observe');
    const gone = await until('the tombstone', async () => {
      const now = await told('short');
      return now?.value === null && now;
    });
    const row = await api.pool.query(
      `select ended_by, ended_at = observe_until as "inTime" from observation where environment_id = 'short'`,
    );
    expect(row.rows).toEqual([{ ended_by: null, inTime: true }]);
    expect(await api.revision()).toBe(gone.revision);
    expect(await endObservations(api.pool, api.config.limits)).toBe(0);
    expect((await begin('short')).environment.mode).toBe('observe');
  });

  it('that is over and not recorded as such reads enforced, and does not stand in the way of the next', async () => {
    await api.pool.query(
      `insert into observation (id, environment_id, reason, observe_until, started_by, started_at)
       values ('ob_1', 'prod', 'r', now() - interval '1 s', 'spec', now() - interval '1 day')`,
    );
    const { environments } = await api.admin.get<{ environments: { id: string; mode: string }[] }>(
      '{ environments { id mode } }',
    );
    expect(environments.find(({ id }) => id === 'prod')?.mode).toBe('enforce');
    expect((await begin('prod')).environment.mode).toBe('observe');
  });

  const soon = () => Date.now() + dayMs;
  it.each([
    ['one that lasts for ever', () => ({ id: 'lab' }), 'input_invalid', 'days'],
    ['a length said twice', () => ({ id: 'lab', days: 1, until: soon() }), 'input_invalid', 'days'],
    ['more than 30 days', () => ({ id: 'lab', days: 31 }), 'input_invalid', 'days'],
    ['no day at all', () => ({ id: 'lab', days: 0 }), 'input_invalid', 'days'],
    ['an end beyond 30 days', () => ({ id: 'lab', until: soon() + 30 * dayMs }), 'input_invalid', 'until'],
    ['an end in the past', () => ({ id: 'lab', until: Date.now() - 1 }), 'input_invalid', 'until'],
    ['an end that is no date', () => ({ id: 'lab', until: 9e15 }), 'input_invalid', 'until'],
    ['no reason', () => ({ id: 'lab', days: 1, reason: '  ' }), 'input_invalid', 'reason'],
    ['a place that does not exist', () => ({ id: 'moon', days: 1 }), 'not_found', undefined],
    ['a second one at the same time', () => ({ id: 'prod', days: 1 }), 'conflict', undefined],
  ])('is refused: %s, and everything stays as it was', async (_what, input, code, field) => {
    const before = await world();
    const answer = await api.admin.ask(observe, { input: { reason: 'to learn', ...input() } });
    expect(answer.code).toBe(code);
    const { fields } = (answer.errors[0]?.extensions['details'] ?? {}) as { fields?: { path: string }[] };
    expect(fields?.[0]?.path).toBe(field);
    expect(await world()).toEqual(before);
  });

  it('is not ended where there is none', async () => {
    const before = await world();
    expect((await api.admin.ask(enforce, { id: 'lab' })).code).toBe('conflict');
    expect((await api.admin.ask(enforce, { id: 'moon' })).code).toBe('not_found');
    expect(await world()).toEqual(before);
  });

  it('is refused to who may not write grants, or is not signed in', async () => {
    const before = await world();
    const input = { id: 'lab', days: 1, reason: 'r' };
    expect((await api.visitor().ask(observe, { input })).code).toBe('unauthenticated');
    await api.pool.query(`delete from person_permission where permission = 'grants:write'`);
    expect((await api.admin.ask(observe, { input })).code).toBe('forbidden');
    expect((await api.admin.ask(enforce, { id: 'prod' })).code).toBe('forbidden');
    await api.pool.query(`insert into person_permission (person_id, permission) select id, 'grants:write' from "user"`);
    expect(await world()).toEqual(before);
  });

  it('does not begin while a kill switch stops its environment or everything; one that runs may be ended then', async () => {
    const engage = (scope: string, target: string) =>
      api.admin.get('mutation ($input: EngageKillSwitchInput!) { engageKillSwitch(input: $input) { revision } }', {
        input: { id: randomUUID(), scope, target },
      });
    await engage('environment', 'stopped');
    const before = await world();
    const answer = await api.admin.ask(observe, { input: { id: 'stopped', days: 1, reason: 'r' } });
    expect([answer.code, answer.errors[0]?.message]).toEqual([
      'conflict',
      'a kill switch is engaged on stopped: release it before you let more run there',
    ]);
    expect(await world()).toEqual(before);
    await engage('everything', '');
    expect((await api.admin.ask(observe, { input: { id: 'lab', days: 1, reason: 'r' } })).code).toBe('conflict');
    expect((await end('prod')).environment.mode).toBe('enforce');
  });
});
