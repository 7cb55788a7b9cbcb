import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ReplayStore } from './replay-store.js';

const ofAgent = (agent: string, jti: string) => ({ thumbprint: `key of ${agent}`, jti, agent });

describe('the memory of used proofs', () => {
  it('knows a proof by its id under its key', () => {
    const store = new ReplayStore(() => 0);
    expect(store.take({ thumbprint: 'a', jti: '1', agent: 'x' })).toBe('taken');
    expect(store.take({ thumbprint: 'b', jti: '1', agent: 'x' })).toBe('taken');
    expect(store.take({ thumbprint: 'a', jti: '1', agent: 'y' })).toBe('used');
  });

  it('takes nothing more when it is full, and goes on when nonces have ended', () => {
    let now = 0;
    const store = new ReplayStore(() => now, { total: 2, perAgent: 2 });
    store.take(ofAgent('a', '1'));
    now = 10_000;
    store.take(ofAgent('b', '1'));
    expect(store.take(ofAgent('c', '1'))).toBe('full');
    now = 29_999;
    expect([store.take(ofAgent('c', '1')), store.size]).toEqual(['full', 2]);
    now = 30_000;
    expect([store.take(ofAgent('c', '1')), store.size]).toEqual(['taken', 2]);
  });

  it('keeps an agent to its share, with however many keys it comes', () => {
    const store = new ReplayStore(() => 0, { total: 10, perAgent: 2 });
    const outcomes = ['k1', 'k2', 'k3'].map((thumbprint) => store.take({ thumbprint, jti: '1', agent: 'greedy' }));
    expect(outcomes).toEqual(['taken', 'taken', 'full']);
    expect(store.take(ofAgent('modest', '1'))).toBe('taken');
  });

  it('never takes a proof twice while its nonce can live, and never holds more than it may', () => {
    const step = fc.record({
      agent: fc.constantFrom('a', 'b', 'c'),
      jti: fc.constantFrom('1', '2', '3', '4'),
      wait: fc.nat({ max: 20_000 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let now = 0;
        const bounds = { total: 5, perAgent: 3 };
        const store = new ReplayStore(() => now, bounds);
        const takenAt = new Map<string, number>();
        for (const { agent, jti, wait } of steps) {
          now += wait;
          const name = `${agent} ${jti}`;
          const last = takenAt.get(name);
          const outcome = store.take(ofAgent(agent, jti));
          if (outcome === 'taken') {
            expect(last === undefined || now - last >= 30_000).toBe(true);
            takenAt.set(name, now);
          }
          const live = [...takenAt].filter(([, at]) => now - at < 30_000).map(([each]) => each);
          expect(store.size).toBe(live.length);
          expect(live.length).toBeLessThanOrEqual(bounds.total);
          expect(live.filter((each) => each.startsWith(agent)).length).toBeLessThanOrEqual(bounds.perAgent);
        }
      }),
    );
  });
});
