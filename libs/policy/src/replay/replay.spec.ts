import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadEngines } from '../engines/index.js';
import { applyChanges, decide, freshCall, replay, type State } from '../index.js';
import {
  agents,
  interval,
  numbered,
  oneOf,
  roles,
  slice,
  start,
  tools,
  type Unnumbered,
} from '../random-world.fixture.js';

const after = (...changes: readonly Unnumbered[]) => applyChanges(start(), numbered(changes, 2), 2);
const asked = { agent: 'a1', credential: 'c1', role: 'r1', task: 'lookup', tool: 'pay', now: 1_500 } as const;
const paying = (amount: number) => ({ ...asked, arguments: { amount } });
const grant = (value: number, obligations: readonly unknown[] = []): Unnumbered => ({
  kind: 'grant',
  id: 'r1-pay',
  value: {
    ...{ role: 'r1', environment: 'prod', tool: { id: `${slice}/pay` }, task: 'lookup', obligations },
    ...{ notBefore: null, notAfter: null, staleSeconds: 0, constraints: [{ kind: 'max', path: 'amount', value }] },
  },
});
const changeOf = (then: State, amount: number) => replay(start(), then, paying(amount)).change;

describe('replaying a call', () => {
  test('says what a change of a limit does to it', () => {
    expect(changeOf(after(grant(50)), 60)).toBe('newly-denied');
    expect(changeOf(after(grant(500)), 160)).toBe('newly-allowed');
    expect(changeOf(after(grant(50)), 40)).toBeUndefined();
    expect(changeOf(after(grant(100, [{ kind: 'approval', group: 'finance' }])), 60)).toBe('newly-held');
  });

  test('tells both decisions, each with its rule', () => {
    const { before, after: now } = replay(start(), after(grant(50)), paying(60));
    expect(before).toMatchObject({ outcome: 'allow', rule: 'grant:r1-pay' });
    expect(now).toMatchObject({ outcome: 'deny', reason: 'constraint', detail: 'amount 60 is more than 50' });
  });

  test('asks as if nothing were observed, so a narrowing shows', () => {
    const observed = { kind: 'environment', id: 'prod', value: { mode: 'observe', observeUntil: 9_000 } };
    const before = after(observed);
    const then = applyChanges(before, numbered([grant(50)], 3), 3);
    expect(replay(before, then, paying(60)).change).toBe('newly-denied');
  });

  test('asks with the risk signals it had then, and without as if it were the first of its minute', async () => {
    const text = 'forbid (principal, action, resource) when { context.signals.recentRate > 5 };';
    const places = [{ tools: null, classes: null, server: null, environment: null }];
    const policy = { name: 'Rate', version: 1, environment: null, parameters: [], text, places };
    const change = { kind: 'policy', id: 'rate', value: policy } as const;
    const then = applyChanges(start(), numbered([change], 2), 2, { engines: await loadEngines() });
    expect(replay(start(), then, { ...paying(40), signals: { recentRate: 6 } }).change).toBe('newly-denied');
    expect(replay(start(), then, { ...paying(40), signals: { recentRate: 5 } }).change).toBeUndefined();
    expect(replay(start(), then, paying(40)).change).toBeUndefined();
  });

  test('is what the two states decide about the call, in random worlds, and nothing between a state and itself', () => {
    const call = fc.record({ agent: oneOf(agents), role: oneOf(roles), tool: oneOf(tools), amount: fc.nat(200) });
    fc.assert(
      fc.property(interval, call, (changes, { amount, ...who }) => {
        const then = after(...changes);
        const made = { ...asked, ...who, credential: who.agent === 'a1' ? 'c1' : 'c2', arguments: { amount } };
        const [one, two] = [start(), then].map((state) => decide(state, freshCall(state, made)).outcome);
        expect(replay(start(), then, made).change === undefined).toBe(one === two);
        expect(replay(then, then, made).change).toBeUndefined();
      }),
    );
  });
});
