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
  const api = testApi();
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
});
