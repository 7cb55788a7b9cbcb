import type { PolicyPlace } from '@portcullis/contracts';
import { describe, expect, test } from 'vitest';
import { given, type Edit } from '../unlock/answers.fixture.js';
import type { CompiledPolicy } from './compiled-policy.js';

const anywhere: PolicyPlace = { tools: null, classes: null, server: null, environment: null };
const policy = (id: string, places: readonly Partial<PolicyPlace>[], condition = 'true', head = ''): Edit => [
  'policy',
  id,
  {
    ...{ name: id, version: 1, text: `${head} forbid (principal, action, resource) when { ${condition} };` },
    ...{ environment: null, places: places.map((place) => ({ ...anywhere, ...place })), parameters: [] },
  },
];
const held = (...edits: readonly Edit[]) => given(...edits).policies;
const idsOf = (lists: ReadonlyMap<string, readonly CompiledPolicy[]>) =>
  Object.fromEntries([...lists].map(([key, list]) => [key, list.map(({ id }) => id)]));
const shown = (...edits: readonly Edit[]) => {
  const { byId, always, byTool, byClass } = held(...edits);
  return {
    byId: [...byId].map(([id, one]) => [id, one.id]),
    always: always.map(({ id }) => id),
    byTool: idsOf(byTool),
    byClass: idsOf(byClass),
  };
};

describe('policies are held', () => {
  test('nowhere when there are none', () => {
    expect(shown()).toEqual({ byId: [], always: [], byTool: {}, byClass: {} });
  });

  test('by each tool and each class that their places name, once, in the order of their ids', () => {
    expect(
      shown(
        policy('p3', [{ tools: ['desk/read', 'desk/pay'] }, { tools: ['desk/read'], classes: ['payments'] }]),
        policy('p1', [{ tools: ['desk/read'], classes: [] }]),
        policy('p2', [{ classes: ['payments', 'read'] }, { classes: ['read'] }]),
      ),
    ).toEqual({
      byId: ['p1', 'p2', 'p3'].map((id) => [id, id]),
      always: [],
      byTool: { 'desk/read': ['p1', 'p3'], 'desk/pay': ['p3'] },
      byClass: { payments: ['p2', 'p3'], read: ['p2'] },
    });
  });

  test('as asked about every call alone, where one of their places limits neither tools nor classes', () => {
    expect(
      shown(
        policy('p2', [{ tools: ['desk/read'] }, { server: 'desk' }, { classes: ['payments'] }]),
        policy('p1', [{ environment: 'prod' }]),
      ),
    ).toEqual({ byId: ['p1', 'p2'].map((id) => [id, id]), always: ['p1', 'p2'], byTool: {}, byClass: {} });
  });

  test('with every risk signal that one of them reads, whether it forbids or holds', () => {
    const rate = policy('p1', [{}], 'context.signals.recentRate > 5');
    const labels = policy('p2', [{}], 'context.signals.labels.trust == "untrusted"', '@hold("finance")');
    const both = policy('p3', [{}], 'context.signals.labels.trust == "a" && context.signals.provenance.contains("b")');
    const signalsOf = (...edits: readonly Edit[]) => [...held(...edits).signals].sort();

    expect(signalsOf(policy('p0', [{}]))).toEqual([]);
    expect(signalsOf(rate)).toEqual(['recentRate']);
    expect(signalsOf(labels)).toEqual(['labels']);
    expect(signalsOf(rate, labels, both)).toEqual(['labels', 'provenance', 'recentRate']);
  });
});
