import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { testApi } from '../testing/test-api.js';
import { until } from '../testing/until.js';
import { endAssignments } from './end-assignments.js';
import { windowState } from './window.js';

const assign =
  'mutation ($input: AssignRoleInput!) { assignRole(input: $input) { revision assignment { id notBefore notAfter state } } }';
const held = '{ agent(id: "bot") { assignments { id role notBefore notAfter state } } }';

interface Assigned {
  readonly assignRole: { revision: number; assignment: { id: string; state: string; notAfter: number | null } };
}

describe('assignments with a window', () => {
  const api = testApi({ PORTCULLIS_KILL_LOCK_TIMEOUT_MS: '5000' });
  const place = { agent: 'bot', role: 'support', environment: 'prod' };
  const hour = 3_600_000;
  beforeAll(async () => {
    for (const made of [
      'createEnvironment(input: { id: "prod", name: "Prod" })',
      ...['support', 'research', 'night'].map((id) => `createRole(input: { id: "${id}", name: "${id}" })`),
      ...['bot', 'old'].map((id) => `createAgent(input: { id: "${id}", name: "${id}" })`),
      'retireAgent(id: "old")',
    ])
      await api.admin.get(`mutation { ${made} { revision } }`);
  });

  async function world(): Promise<unknown> {
    const read = async (query: string) => (await api.pool.query(query)).rows;
    return [
      await api.revision(),
      await read('select * from assignment order by id'),
      await read('select * from change_latest order by 1, 2'),
    ];
  }
  const told = async (id: string) => {
    const found = await api.pool.query<{ value: string | null; revision: string }>(
      `select value, revision from change_latest where kind = 'assignment' and object_id = $1`,
      [id],
    );
    const [row] = found.rows;
    return (
      row && { value: row.value === null ? null : (JSON.parse(row.value) as unknown), revision: Number(row.revision) }
    );
  };

  it('tell guards both ends, and read pending until they begin', async () => {
    const [notBefore, notAfter] = [Date.now() + hour, Date.now() + 2 * hour];
    const { assignRole } = await api.admin.get<Assigned>(assign, { input: { ...place, notBefore, notAfter } });
    expect(assignRole.revision).toBe(await api.revision());
    expect(assignRole.assignment).toMatchObject({ notBefore, notAfter, state: 'pending' });
    expect(await told(assignRole.assignment.id)).toEqual({
      value: { ...place, notBefore, notAfter },
      revision: assignRole.revision,
    });
    const { agent } = await api.admin.get<{ agent: { assignments: unknown[] } }>(held);
    expect(agent.assignments).toEqual([
      { id: assignRole.assignment.id, role: 'support', notBefore, notAfter, state: 'pending' },
    ]);
  });

  it.each([
    [
      'an end before the beginning',
      () => ({ notBefore: Date.now() + hour, notAfter: Date.now() + hour }),
      'input_invalid',
    ],
    ['an end in the past', () => ({ notAfter: Date.now() - 1 }), 'input_invalid'],
    ['an end that is no date', () => ({ notAfter: 9e15 }), 'input_invalid'],
    ['a second one for the same role, window or not', () => ({}), 'already_exists'],
    ['one for an agent that is retired', () => ({ agent: 'old' }), 'retired'],
    ['one for nobody', () => ({ agent: 'nobody' }), 'not_found'],
    ['a role that does not exist', () => ({ role: 'none' }), 'not_found'],
  ])('refuse %s, and leave everything as it was', async (_what, different, code) => {
    const before = await world();
    expect((await api.admin.ask(assign, { input: { ...place, ...different() } })).code).toBe(code);
    expect(await world()).toEqual(before);
  });

  it('leave by a tombstone once their window is over', async () => {
    const { assignRole } = await api.admin.get<Assigned>(assign, {
      input: { ...place, role: 'research', notAfter: Date.now() + 200 },
    });
    expect(assignRole.assignment.state).toBe('current');
    const gone = await until('the tombstone', async () => {
      const now = await told(assignRole.assignment.id);
      return now?.value === null && now;
    });
    expect(gone.revision).toBeGreaterThan(assignRole.revision);
    expect(await endAssignments(api.pool, api.config.limits)).toBe(0);
  });

  it('that have ended do not stand in the way of the next', async () => {
    await api.pool.query(
      `insert into assignment (id, agent_id, role_id, environment_id, created_by, not_after)
       values ('as_before', 'bot', 'night', 'prod', 'spec', now() - interval '1 s')`,
    );
    const { assignRole } = await api.admin.get<Assigned>(assign, { input: { ...place, role: 'night' } });
    expect(assignRole.assignment.state).toBe('current');
    expect((await told('as_before'))?.value).toBeNull();
  });

  it('hold from the first moment of their window up to, not including, its end', () => {
    const window = { notBefore: 10, notAfter: 20 };
    expect([9, 10, 19, 20].map((now) => windowState(window, now))).toEqual(['pending', 'current', 'current', 'ended']);
    expect(windowState({ notBefore: null, notAfter: null }, 0)).toBe('current');
  });

  const remove = 'mutation ($id: ID!) { removeAssignment(id: $id) { revision } }';
  const engage = (scope: string, target: string) =>
    api.admin.get('mutation ($input: EngageKillSwitchInput!) { engageKillSwitch(input: $input) { revision } }', {
      input: { id: randomUUID(), scope, target },
    });
  const stopped = async (scope: string) => {
    const name = `stopped-${randomUUID()}`;
    const target = scope === 'tool_class' ? 'destructive' : name;
    await api.admin.get(`mutation { createEnvironment(input: { id: "${name}", name: "e" }) { revision } }`);
    await api.admin.get(`mutation { createRole(input: { id: "${name}", name: "r" }) { revision } }`);
    const input = { agent: 'bot', role: name, environment: name };
    const { assignRole } = await api.admin.get<Assigned>(assign, { input });
    return { id: assignRole.assignment.id, target };
  };

  it('are removed once, and the agent holds the role no longer', async () => {
    const { id } = await stopped('none');
    const before = await api.revision();
    const removed = await api.admin.get<{ removeAssignment: object }>(remove, { id });
    expect([removed.removeAssignment, (await told(id))?.value]).toEqual([{ revision: before + 1 }, null]);
    const after = await world();
    expect((await api.admin.ask(remove, { id })).code).toBe('already_revoked');
    expect(await world()).toEqual(after);
  });

  it.each(['role', 'environment'])('P-C3 stay while a kill switch on their %s is engaged', async (scope) => {
    const { id, target } = await stopped(scope);
    await engage(scope, target);
    await api.pool.query(`update assignment set not_after = now() where id = $1`, [id]);
    expect(await endAssignments(api.pool, api.config.limits)).toBe(0);
    const before = await world();
    const refused = await api.admin.ask(remove, { id });
    expect(refused.errors[0]?.extensions).toMatchObject({
      code: 'release_needs_two_people',
      details: { assignment: id, scope, target },
    });
    expect(await world()).toEqual(before);
  });

  it('are removed under a stop that does not depend on them', async () => {
    const { id, target } = await stopped('tool_class');
    await engage('tool_class', target);
    expect((await api.admin.ask(remove, { id })).code).toBeUndefined();
    expect((await told(id))?.value).toBeNull();
  });

  it.each(['engaged', 'removed'])('P-C3 that meet an engagement: what is %s first counts', async (first) => {
    const { id, target } = await stopped('role');
    const gap = await api.pool.connect();
    await gap.query('begin; select 1 from change_counter for update');
    const acts = [() => engage('role', target), () => api.admin.ask(remove, { id })] as const;
    const waiting = async (count: number) => {
      const found = await api.pool.query(
        `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      return found.rowCount === count;
    };
    const [one, other] = first === 'engaged' ? acts : ([acts[1], acts[0]] as const);
    const earlier = one();
    await until('the first at the counter', () => waiting(1));
    const later = other();
    await until('the second at the counter', () => waiting(2));
    await gap.query('rollback');
    gap.release();
    await Promise.all([earlier, later]);
    expect((await told(id))?.value === null).toBe(first === 'removed');
  });
});
