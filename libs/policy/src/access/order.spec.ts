import { describe, expect, test } from 'vitest';
import { accessDiff, effectiveAccess, whoCan } from '../index.js';
import { assigned, agents, grant, later, roles, world } from './scrambled-world.fixture.js';

const now = 1_500;
const inOrder = ['ant', 'bee', 'cat'];
const all = roles.flatMap((role) => ['read', 'list'].map((tool) => grant(`${role}-${tool}`, role, tool)));
const approval = { kind: 'approval', group: 'finance', unless: [{ kind: 'max', path: 'amount', value: 100 }] };

describe('in order', () => {
  test('of agent and role stands who can', () => {
    const rows = whoCan(world(...all), { tool: 'read', now });
    expect(rows.map(({ agent, role, rule }) => [agent, role, rule].join(' '))).toEqual(
      inOrder.flatMap((agent) => ['r1', 'r2', 'r3'].map((role) => `${agent} ${role} grant:${role}-read`)),
    );
  });

  test('of agent and role stands who can, of many', () => {
    const names = (letter: string, count: number) =>
      Array.from({ length: count }, (_one, index) => `${letter}${String(index).padStart(2, '0')}`);
    const [many, held] = [names('n', 30), names('q', 6)];
    const state = world(
      ...many
        .toReversed()
        .flatMap((agent) => [
          { kind: 'agent-status', id: agent, value: { status: 'active' } },
          { kind: 'credential', id: `key-${agent}`, value: { agent, status: 'active', expiresAt: null } },
          ...held.map((role) => assigned(agent, role)),
        ]),
      ...held.map((role) => grant(`${role}-read`, role, 'read')),
    );
    expect(whoCan(state, { tool: 'read', now }).map(({ agent, role }) => `${agent} ${role}`)).toEqual(
      many.flatMap((agent) => held.map((role) => `${agent} ${role}`)),
    );
  });

  test('of agent, role and no approval first stands who can, with one', () => {
    const asking = roles.map((role) => grant(`${role}-pay`, role, 'pay', { obligations: [approval] }));
    const rows = whoCan(world(...asking), { tool: 'pay', path: 'amount', over: 50, now });
    expect(rows.map(({ agent, role, outcome, upTo }) => [agent, role, outcome, upTo].join(' '))).toEqual(
      inOrder.flatMap((agent) =>
        ['r1', 'r2', 'r3'].flatMap((role) => [`${agent} ${role} allow 100`, `${agent} ${role} hold `]),
      ),
    );
  });

  test('of tool, role and task stands what an agent may', () => {
    const rows = effectiveAccess(world(...all), 'bee', now);
    expect(rows.map(({ tool, role, task }) => [tool, role, task].join(' '))).toEqual(
      ['desk/list', 'desk/pay', 'desk/read'].flatMap((tool) =>
        ['r1', 'r2', 'r3'].flatMap((role) => ['lookup', 'update', 'execute'].map((task) => `${tool} ${role} ${task}`)),
      ),
    );
  });

  test('of agent, tool and role stands what differs', () => {
    const [before, after] = [world(), world(...all)];
    const told = accessDiff(before, after, now);
    const places = told.map(({ agent, tool, role }) => [agent, tool, role].join(' '));
    expect(places).toEqual(
      inOrder.flatMap((agent) =>
        ['desk/list', 'desk/read'].flatMap((tool) => ['r1', 'r2', 'r3'].map((role) => `${agent} ${tool} ${role}`)),
      ),
    );
    expect(accessDiff(after, before, now).map(({ agent, tool, role }) => [agent, tool, role].join(' '))).toEqual(
      places,
    );
  });

  test('of what became of it stands what differs in different ways', () => {
    const before = world(
      grant('r1-read', 'r1', 'read'),
      grant('r2-read', 'r2', 'read'),
      ...agents.flatMap((agent) => (agent === 'ant' ? [] : [{ ...assigned(agent, 'r2'), value: null }])),
    );
    const after = later(
      before,
      grant('r1-list', 'r1', 'list'),
      grant('r1-pay', 'r1', 'pay', { obligations: [{ ...approval, unless: [] }] }),
      { ...grant('r2-read', 'r2', 'read'), value: null },
      grant('r1-read', 'r1', 'read', { staleSeconds: 5 }),
    );
    expect(
      accessDiff(before, after, now).map(({ change, agent, tool, role }) => [change, agent, tool, role].join(' ')),
    ).toEqual([
      ...inOrder.map((agent) => `newly-allowed ${agent} desk/list r1`),
      ...inOrder.map((agent) => `newly-held ${agent} desk/pay r1`),
      'newly-denied ant desk/read r2',
      ...inOrder.map((agent) => `changed ${agent} desk/read r1`),
    ]);
  });
});
