import { describe, expect, test } from 'vitest';
import { slice } from '../random-world.fixture.js';
import { placesThatDiffer } from './places-that-differ.js';
import { assigned, grant, later, world } from './scrambled-world.fixture.js';

const before = world(
  grant('r1-pay', 'r1', 'pay'),
  grant('r1-payments', 'r1', 'pay', { tool: { class: 'payments' }, task: 'execute' }),
  grant('r2-read', 'r2', 'read'),
  assigned('dog', 'r1', 'staging'),
);
const agents = ['bee', 'ant', 'cat'];
type Change = Parameters<typeof later>[1];
const told = (...changes: readonly Change[]) =>
  placesThatDiffer(before, later(before, ...changes))
    .toSorted((a, b) => agents.indexOf(a.agent) - agents.indexOf(b.agent))
    .map(({ agent, role, tool }) => `${agent} ${role} ${tool}`);
const everywhere = agents.flatMap((agent) =>
  ['r1', 'r2', 'r3'].flatMap((role) => ['list', 'pay', 'read'].map((tool) => `${agent} ${role} ${tool}`)),
);
const gone = (id: string): Change => ({ kind: 'grant', id, value: null });

describe('where two states may decide differently', () => {
  test.each<[string, readonly Change[], readonly string[]]>([
    ['nowhere when nothing changed', [], []],
    ['where a grant came', [grant('new', 'r2', 'pay')], ['bee r2 pay', 'ant r2 pay', 'cat r2 pay']],
    ['where a grant went', [gone('r2-read')], ['bee r2 read', 'ant r2 read', 'cat r2 read']],
    ['where one of two went', [gone('r1-pay')], ['bee r1 pay', 'ant r1 pay', 'cat r1 pay']],
    ['where the other of two went', [gone('r1-payments')], ['bee r1 pay', 'ant r1 pay', 'cat r1 pay']],
    [
      'where the first of two is another',
      [grant('r1-pay', 'r1', 'pay', { task: 'execute' })],
      ['bee r1 pay', 'ant r1 pay', 'cat r1 pay'],
    ],
    [
      'where the last of two is another',
      [grant('r1-payments', 'r1', 'pay', { tool: { class: 'payments' } })],
      ['bee r1 pay', 'ant r1 pay', 'cat r1 pay'],
    ],
    [
      'where a grant moved from and to, the tools of a role in order',
      [grant('r2-read', 'r3', 'read'), grant('more', 'r3', 'list')],
      agents.flatMap((agent) => [`${agent} r2 read`, `${agent} r3 list`, `${agent} r3 read`]),
    ],
    ['nowhere for a role nobody holds here', [grant('new', 'r9', 'pay')], []],
    ['nowhere for a grant in another environment', [grant('new', 'r1', 'pay', { environment: 'staging' })], []],
    [
      'everywhere when anything else changed',
      [{ kind: 'agent-status', id: 'bee', value: { status: 'suspended' } }],
      everywhere,
    ],
    [
      'everywhere when a grant and something else changed',
      [gone('r1-pay'), { kind: 'agent-status', id: 'bee', value: { status: 'suspended' } }],
      everywhere,
    ],
  ])('%s', (_where, changes, places) => {
    expect(told(...changes)).toEqual(places);
  });

  test('at a tool that is in one of the two alone, too', () => {
    const [came, went] = ['brew', 'pay'].map((name) => ({ kind: 'tool', id: `${slice}/${name}` }));
    const brew = { ...came, value: { server: slice, name: 'brew', classes: [] } } as Change;
    const places = placesThatDiffer(before, later(before, brew, { ...went, value: null } as Change));
    expect([...new Set(places.map(({ tool }) => tool))]).toEqual(['brew', 'list', 'pay', 'read']);
    expect(places).toHaveLength(36);
  });

  test('for a role that is held in one of the two alone, too', () => {
    const changes = [{ ...assigned('bee', 'r2'), value: null }, assigned('bee', 'r4')];
    const roles = placesThatDiffer(before, later(before, ...changes)).flatMap(({ agent, role }) =>
      agent === 'bee' ? [role] : [],
    );
    expect([...new Set(roles)].toSorted()).toEqual(['r1', 'r2', 'r3', 'r4']);
  });

  test('is as long as the list of places, each once', () => {
    const places = told({ kind: 'agent-status', id: 'bee', value: { status: 'suspended' } });
    expect(new Set(places).size).toBe(places.length);
  });
});
