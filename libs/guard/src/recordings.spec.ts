import { recordingLimits } from '@portcullis/contracts';
import { applyChanges, emptyState, type Call } from '@portcullis/policy';
import { describe, expect, test } from 'vitest';
import { Recordings } from './recordings.js';

const call = (args: unknown): Call =>
  ({ tool: 'refund', arguments: args, claims: { role: 'support', user: 'portcullis:ada' } }) as Call;
const grantWith = (obligations: readonly object[]) =>
  applyChanges(
    emptyState('desk'),
    [
      {
        kind: 'server',
        id: 'desk',
        revision: 1,
        value: { name: 'Desk', environment: 'prod', resource: 'http://desk' },
      },
      {
        kind: 'tool',
        id: 'desk/refund',
        revision: 1,
        value: { server: 'desk', name: 'refund', classes: ['payments'] },
      },
      {
        kind: 'grant',
        id: 'g1',
        revision: 1,
        value: {
          ...{ role: 'support', environment: 'prod', tool: { id: 'desk/refund' }, task: 'lookup', constraints: [] },
          ...{ notBefore: null, notAfter: null, staleSeconds: 0, obligations },
        },
      },
    ],
    1,
    { snapshot: true },
  );
const state = grantWith([]);

describe('what was asked in calls', () => {
  test('is told until a report has taken it, the oldest first', () => {
    const recordings = new Recordings();
    recordings.add('d1', state, call({ amount: 1 }));
    recordings.add('d2', state, call({ amount: 2 }));
    const told = recordings.next();
    expect(told.map(({ decision }) => decision)).toEqual(['d1', 'd2']);
    expect(JSON.parse(told[0]?.call ?? '')).toEqual({ arguments: { amount: 1 }, user: 'portcullis:ada' });
    expect(recordings.next()).toEqual(told);
    recordings.add('d3', state, call({ amount: 3 }));
    recordings.taken(told);
    expect(recordings.next().map(({ decision }) => decision)).toEqual(['d3']);
  });

  test('is not kept where a grant wants nothing but hashes, nor when it is too long', () => {
    const recordings = new Recordings();
    recordings.add('d1', grantWith([{ kind: 'audit', level: 'digest' }]), call({ amount: 1 }));
    recordings.add('d2', state, call({ text: 'x'.repeat(recordingLimits.text) }));
    expect(recordings.next()).toEqual([]);
  });

  test('is bounded: one report takes so much, and of what nobody takes the oldest is left out', () => {
    const recordings = new Recordings();
    for (let count = 0; count < recordingLimits.held + 5; count += 1)
      recordings.add(`d${count}`, state, call({ count }));
    const told = recordings.next();
    expect(told).toHaveLength(recordingLimits.perReport);
    expect(told[0]?.decision).toBe('d5');
    const long = new Recordings();
    for (let count = 0; count < 9; count += 1) long.add(`d${count}`, state, call({ text: 'x'.repeat(8000) }));
    expect(long.next()).toHaveLength(4);
  });
});
