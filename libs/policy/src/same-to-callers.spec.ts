import { expect, test } from 'vitest';
import { start } from './random-world.fixture.js';
import { isSameToCallers } from './same-to-callers.js';
import type { State } from './state.js';

/** What is looked up anew in every state, or is read from the state at every call. */
const lookedUpAnew: ReadonlySet<string> = new Set<keyof State>([
  'revision',
  'grants',
  'grantsByRole',
  'widened',
  'policies',
]);

test('every part of a state but grants and policies counts, those that are still to come as well', () => {
  const state = start();
  const names = Object.keys(state) as (keyof State)[];
  const told = names.map((name) => [name, isSameToCallers(state, { ...state, [name]: {} as never })] as const);
  expect(names).toHaveLength(20);
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(names.map((name) => [name, lookedUpAnew.has(name)])));
});
