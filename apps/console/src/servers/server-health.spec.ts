import { describe, expect, it } from 'vitest';
import { guardHealth, leaseSecondsLeft, lowestHeld, serverHealth } from './server-health.js';

const now = 1_000_000;
const guard = (over: Partial<Parameters<typeof guardHealth>[0]> = {}) => ({
  connected: true,
  leaseUntil: now + 9_000,
  posture: 'fresh' as const,
  heldRevision: 7,
  inFlight: 0,
  ...over,
});

describe('a server’s state', () => {
  it('is its worst guard’s', () => {
    expect(serverHealth([guard(), guard({ leaseUntil: now - 1 })], now).word).toBe('closed by lease expiry');
    expect(serverHealth([guard(), guard({ connected: false })], now).word).toBe('feed not connected');
    expect(serverHealth([guard()], now).word).toBe('fresh');
    expect(serverHealth([], now).word).toBe('no guard yet');
  });

  it('trusts the lease over the last word of the guard: past it nothing reads fresh', () => {
    expect(guardHealth(guard({ posture: 'fresh', leaseUntil: now }), now).word).toBe('closed by lease expiry');
  });

  it('shows the lowest revision held and the latest lease end', () => {
    const guards = [
      guard({ heldRevision: 9 }),
      guard({ heldRevision: 7, leaseUntil: now + 2_000 }),
      guard({ heldRevision: null }),
    ];

    expect(lowestHeld(guards)).toBe(7);
    expect(leaseSecondsLeft(guards, now)).toBe(9);
  });
});
