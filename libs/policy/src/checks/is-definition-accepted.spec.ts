import { describe, expect, test } from 'vitest';
import { applyChanges, decide, isListed, mayKnowOf, stillAllowed, type Call, type State } from '../index.js';
import { callOf, slice, start } from '../random-world.fixture.js';

const pinned = (hashes: readonly string[] | undefined): State => {
  const definitions = hashes?.map((hash) => ({ hash, inputSchema: {} }));
  const value = { server: slice, name: 'read', classes: ['read'], definitions };
  return applyChanges(start(), [{ kind: 'tool', id: `${slice}/read`, revision: 2, value }], 2);
};
const call = (definition: string | undefined): Call => callOf('a1', 'r1', 'read', { definition });

describe('P-E8 the accepted definitions of a tool', () => {
  test('a tool that is not pinned yet is called whatever the server says of it', () => {
    expect(decide(pinned(undefined), call('h1')).outcome).toBe('allow');
    expect(decide(pinned(undefined), call(undefined)).outcome).toBe('allow');
  });

  test('are a set: each of them may be announced, and nothing else', () => {
    const state = pinned(['h1', 'h2']);
    expect([call('h1'), call('h2')].map((each) => decide(state, each).outcome)).toEqual(['allow', 'allow']);
    expect(decide(state, call('h3'))).toMatchObject({
      ...{ outcome: 'deny', reason: 'definition_changed', rule: 'tool:desk/read', revision: 2 },
      detail: 'the server announces definition h3, which is not accepted',
    });
    expect(decide(state, call(undefined)).reason).toBe('definition_changed');
    expect(decide(pinned([]), call('h1')).reason).toBe('definition_changed');
  });

  test('hide the tool while the server announces another, and take the right of a call in flight when they are withdrawn', () => {
    expect(isListed(pinned(['h1']), call('h1'))).toBe(true);
    expect(isListed(pinned(['h1']), call('h2'))).toBe(false);
    expect(stillAllowed(pinned(['h1']), call('h1'))).toBe(true);
    expect(stillAllowed(pinned([]), call('h1'))).toBe(false);
  });

  test('are enforced in an environment that is observed', () => {
    const value = { mode: 'observe', observeUntil: 10_000 };
    const observed = applyChanges(pinned(['h1']), [{ kind: 'environment', id: 'prod', revision: 3, value }], 3);
    expect(decide(observed, call('h2')).reason).toBe('definition_changed');
  });

  test('P-G6 are a secret to those who could not see the tool anyway', () => {
    const other = callOf('a2', 'r1', 'read', { definition: 'h2' });
    const [state, changed] = [pinned(['h1']), call('h2')];
    expect([changed, other].map((each) => mayKnowOf(state, each))).toEqual([true, false]);
    expect(decide(state, changed).reason).toBe('definition_changed');
    expect(mayKnowOf(state, changed)).toBe(true);
  });
});
