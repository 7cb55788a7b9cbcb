import { describe, expect, test } from 'vitest';
import { grantsFor } from './grants-for.js';
import { decide } from './index.js';
import { callOf, grantOf, slice, startWith, type Unnumbered } from './random-world.fixture.js';

const call = callOf('a1', 'r1', 'pay');
const of = (toolClass: string) => ({ tool: { class: toolClass } });
const classed: Unnumbered = {
  kind: 'tool',
  id: `${slice}/pay`,
  value: { server: slice, name: 'pay', classes: ['payments', 'egress'] },
};
const named = (changes: readonly Unnumbered[], asked = call) =>
  grantsFor(startWith(classed, ...changes), asked).map(({ id }) => id);

test.each([
  ['on a class of it', of('payments')],
  ['that widens the conversation', { conversation: { id: 'v1', agent: 'a1' }, notAfter: 9_000 }],
  ['on the tool itself', {}],
])('what a limited grant on a tool denies another gives: one %s', (_which, over) => {
  const limited = grantOf('r1-pay', { constraints: [{ kind: 'max', path: 'amount', value: 10 }] });
  const asked = callOf('a1', 'r1', 'pay', { arguments: { amount: 50 } }, { conversation: 'v1' });
  expect(decide(startWith(classed, limited), asked)).toMatchObject({ reason: 'constraint', rule: 'grant:r1-pay' });
  const both = startWith(classed, limited, grantOf('z', over));
  expect(decide(both, asked)).toMatchObject({ outcome: 'allow', rule: 'grant:z' });
});

describe('the grants that name a tool', () => {
  test('are those on it, then those on its classes, each by id, whatever order they came in', () => {
    const changes = [
      grantOf('g4', of('payments')),
      grantOf('g2', of('payments')),
      grantOf('g3', of('egress')),
      grantOf('g1', of('egress')),
      grantOf('z2'),
      grantOf('z1'),
      grantOf('g0', of('read')),
    ];
    const wanted = ['r1-pay', 'z1', 'z2', 'g1', 'g2', 'g3', 'g4'];
    expect(named(changes)).toEqual(wanted);
    expect(named(changes.toReversed())).toEqual(wanted);
  });

  test('are those of the role and environment alone', () => {
    expect(named([grantOf('a', { role: 'r2' }), grantOf('b', { environment: 'staging' })])).toEqual(['r1-pay']);
    expect(named([], callOf('a1', 'r3', 'pay'))).toEqual([]);
  });

  test('end with those that widen the conversation of the token, and hold none of another', () => {
    const widening = (id: string, conversation: string) =>
      grantOf(id, { conversation: { id: conversation, agent: 'a1' }, notAfter: 9_000 });
    const changes = [widening('a', 'v1'), widening('b', 'v2'), widening('c', 'undefined')];
    expect(named(changes, callOf('a1', 'r1', 'pay', {}, { conversation: 'v1' }))).toEqual(['r1-pay', 'a']);
    expect(named(changes, callOf('a1', 'r1', 'pay', {}, { conversation: 'v3' }))).toEqual(['r1-pay']);
    expect(named(changes)).toEqual(['r1-pay']);
  });

  test('are none of a tool that nobody knows', () => {
    expect(named([grantOf('g1', of('destructive'))], { ...call, tool: 'nothing' })).toEqual([]);
  });
});
