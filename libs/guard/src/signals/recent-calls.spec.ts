import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mostAgents, RecentCalls } from './recent-calls.js';

const start = Date.UTC(2026, 5, 1, 12);

describe('the calls of the last minute', () => {
  it('are those of the agent in the running second and the 60 before it', () => {
    const recent = new RecentCalls();
    recent.count('a', start);
    recent.count('a', start + 999);
    recent.count('b', start);
    recent.count('a', start + 30_000);

    expect(recent.of('a', start + 59_999)).toBe(3);
    expect(recent.of('a', start + 60_999)).toBe(3);
    expect(recent.of('a', start + 61_000)).toBe(1);
    expect(recent.of('a', start + 91_000)).toBe(0);
    expect(recent.of('c', start)).toBe(0);
  });

  it('are what counting every one by its time gives, at any moments', () => {
    const moment = fc.tuple(fc.constantFrom('a', 'b'), fc.nat(40_000), fc.boolean());
    fc.assert(
      fc.property(fc.array(moment, { maxLength: 60 }), (moments) => {
        const recent = new RecentCalls();
        const made: { readonly agent: string; readonly second: number }[] = [];
        let now = start;
        for (const [agent, later, isCall] of moments) {
          now += later;
          const second = Math.floor(now / 1000);
          const wanted = made.filter((one) => one.agent === agent && one.second >= second - 60).length;
          expect(recent.of(agent, now)).toBe(wanted);
          if (!isCall) continue;
          recent.count(agent, now);
          made.push({ agent, second });
        }
      }),
    );
  });

  it('P-A6 stay counted when time seems to go back', () => {
    const recent = new RecentCalls();
    recent.count('a', start);
    recent.count('a', start - 3_600_000);

    expect(recent.of('a', start - 3_600_000)).toBe(2);
    expect(recent.of('a', start + 60_000)).toBe(2);
    expect(recent.of('a', start + 61_000)).toBe(0);
  });

  it('take no room for agents that rest, and are not known of one more than there is room for', () => {
    const recent = new RecentCalls();
    for (let agent = 0; agent < mostAgents; agent += 1) recent.count(`a${agent}`, start);

    expect(recent.of('one-more', start)).toBeUndefined();
    recent.count('one-more', start);
    expect(recent.size).toBe(mostAgents);
    recent.count('one-more', start + 61_000);
    expect(recent.size).toBe(1);
    expect(recent.of('a1', start + 61_000)).toBe(0);
  });

  it('begin anew when nobody read them for a while', () => {
    const recent = new RecentCalls();
    recent.count('a', start);
    recent.clear();

    expect([recent.size, recent.of('a', start)]).toEqual([0, 0]);
  });
});
