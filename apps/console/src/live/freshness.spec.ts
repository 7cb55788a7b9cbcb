import { describe, expect, it } from 'vitest';
import { afterEvent, ageSeconds, freshnessWord, staleAfterMs, unheard, type FreshnessEvent } from './freshness.js';

const after = (...events: FreshnessEvent[]) => events.reduce(afterEvent, unheard);

describe('freshness', () => {
  it('is catching up before anything was heard and until the first snapshot', () => {
    const connected = after({ type: 'connected', at: 0 });

    expect(freshnessWord(unheard, 0)).toBe('catching-up');
    expect(freshnessWord(connected, 100)).toBe('catching-up');
    expect(freshnessWord(afterEvent(connected, { type: 'snapshot', at: 200 }), 200)).toBe('live');
  });

  it('stays live on heartbeats alone', () => {
    const state = after({ type: 'connected', at: 0 }, { type: 'snapshot', at: 0 }, { type: 'heard', at: 3_000 });

    expect(freshnessWord(state, 6_000)).toBe('live');
  });

  it('turns stale within five seconds of the last word, though no close was seen', () => {
    const state = after({ type: 'connected', at: 0 }, { type: 'snapshot', at: 0 });

    expect(freshnessWord(state, staleAfterMs - 1)).toBe('live');
    expect(freshnessWord(state, staleAfterMs)).toBe('stale');
    expect(staleAfterMs).toBeLessThan(5_000);
    expect(ageSeconds(state, 12_400)).toBe(12);
  });

  it('is stale at once when the socket closes, and offline once HTTP fails too', () => {
    const closed = after({ type: 'connected', at: 0 }, { type: 'snapshot', at: 0 }, { type: 'closed', at: 10 });

    expect(freshnessWord(closed, 10)).toBe('stale');
    expect(freshnessWord(afterEvent(closed, { type: 'http-failed', at: 20 }), 20)).toBe('offline');
  });

  it('does not call itself live after a reconnect before the new snapshot', () => {
    const state = after(
      { type: 'connected', at: 0 },
      { type: 'snapshot', at: 0 },
      { type: 'closed', at: 10 },
      { type: 'http-failed', at: 20 },
      { type: 'connected', at: 30 },
    );

    expect(freshnessWord(state, 40)).toBe('catching-up');
  });

  it('says paused only while the link is fresh, and live again when the last pause ends', () => {
    const live = after({ type: 'connected', at: 0 }, { type: 'snapshot', at: 0 });
    const paused = [{ type: 'paused' }, { type: 'paused' }, { type: 'resumed' }] as const;
    const held = paused.reduce(afterEvent, live);

    expect(freshnessWord(held, 10)).toBe('paused');
    expect(freshnessWord(held, 60_000)).toBe('stale');
    expect(freshnessWord(afterEvent(held, { type: 'resumed' }), 10)).toBe('live');
  });
});
