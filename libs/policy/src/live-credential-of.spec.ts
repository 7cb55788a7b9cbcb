import { expect, test } from 'vitest';
import { applyChanges } from './index.js';
import { numbered, start } from './random-world.fixture.js';
import { liveCredentialOf } from './live-credential-of.js';

const now = 1_500;
const credential = (id: string, status: string, more: object = {}) => ({
  kind: 'credential',
  id,
  value: { agent: 'a1', status, expiresAt: null, ...more },
});
const live = (...changes: ReturnType<typeof credential>[]) => {
  const state = applyChanges(start(), numbered(changes, 2), 2);
  return { a1: liveCredentialOf(state, 'a1', now)?.id, a2: liveCredentialOf(state, 'a2', now)?.id };
};

test.each([
  ['each agent has its own', [], { a1: 'c1', a2: 'c2' }],
  ['the first by id counts, also where it came last', [credential('b9', 'active')], { a1: 'b9', a2: 'c2' }],
  ['a later id changes nothing', [credential('c9', 'active')], { a1: 'c1', a2: 'c2' }],
  ['one that is being replaced still serves', [credential('c1', 'retiring')], { a1: 'c1', a2: 'c2' }],
  [
    'the next one counts where the first is revoked',
    [credential('c1', 'revoked'), credential('c9', 'active')],
    { a1: 'c9', a2: 'c2' },
  ],
  ['an agent without a live one has none', [credential('c1', 'revoked')], { a1: undefined, a2: 'c2' }],
  ['a tainted one serves nobody', [credential('c1', 'tainted')], { a1: undefined, a2: 'c2' }],
  ['one that ends now is over', [credential('c1', 'active', { expiresAt: now })], { a1: undefined, a2: 'c2' }],
  ['one that ends later serves', [credential('c1', 'active', { expiresAt: now + 1 })], { a1: 'c1', a2: 'c2' }],
  [
    'one that is made over to another agent serves that one',
    [credential('c1', 'active', { agent: 'a2' })],
    { a1: undefined, a2: 'c1' },
  ],
])('%s', (_what, changes, wanted) => {
  expect(live(...changes)).toEqual(wanted);
});

test('of many the first by id counts, in whatever order they came', () => {
  const ids = Array.from({ length: 40 }, (_one, index) => `b${String(10 + index)}`);
  for (const order of [ids, ids.toReversed()])
    expect(live(...order.map((id) => credential(id, 'active')))).toEqual({ a1: 'b10', a2: 'c2' });
});
