import { calmSignals } from '@portcullis/contracts';
import { expect, test } from 'vitest';
import { emptyState, freshCall } from '../index.js';
import { slice } from '../random-world.fixture.js';
import { later, world } from './scrambled-world.fixture.js';

const asked = { agent: 'bee', credential: 'key-bee', role: 'r1', task: 'lookup', tool: 'pay', now: 61_500 } as const;
const call = {
  claims: {
    ...{ iss: '', aud: 'http://desk', sub: 'bee', client_id: 'bee', iat: 61, exp: 361, jti: 'new-token' },
    ...{ agent: 'bee', credential: 'key-bee', instance: 'bee', role: 'r1', task: 'lookup', environment: 'prod' },
    rev: 1,
  },
  ...{ server: slice, tool: 'pay', posture: 'fresh', staleSeconds: 0, now: 61_500, signals: calmSignals },
};

test('is made with a token issued now', () => {
  expect(freshCall(world(), asked)).toEqual(call);
});

test('is for whom, what and with which risk it is asked', () => {
  const signals = { recentRate: 7 };
  const more = { instance: 'bee-1', user: 'alice', conversation: 'v1', arguments: { amount: 5 }, definition: 'h7' };
  expect(freshCall(world(), { ...asked, ...more, signals })).toEqual({
    ...call,
    claims: { ...call.claims, instance: 'bee-1', user: 'alice', conversation: 'v1' },
    ...{ arguments: { amount: 5 }, definition: 'h7', signals: { ...calmSignals, recentRate: 7 } },
  });
});

test('is, where no server is known, for none', () => {
  expect(freshCall(emptyState('x'), asked)).toEqual({
    ...call,
    claims: { ...call.claims, aud: '', environment: '', rev: 0 },
    server: 'x',
  });
});

test('comes with a definition that is accepted, unless it is asked with another', () => {
  const definitions = ['h1', 'h2'].map((hash) => ({ hash, inputSchema: {} }));
  const tool = { server: slice, name: 'pay', classes: [], definitions };
  const state = later(world(), { kind: 'tool', id: `${slice}/pay`, value: tool });
  expect(freshCall(state, asked).definition).toBe('h1');
  expect(freshCall(state, { ...asked, definition: 'h3' }).definition).toBe('h3');
  expect(freshCall(state, { ...asked, tool: 'read' }).definition).toBeUndefined();
  expect(freshCall(state, { ...asked, tool: 'brew' }).definition).toBeUndefined();
});
