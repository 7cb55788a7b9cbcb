import { describe, expect, it } from 'vitest';
import { postureOf } from './posture.js';

const whole = { overMs: -1, hasState: true, hasTime: true, isCut: false };

describe('posture', () => {
  it('is fresh within the lease and stale past it, counting from its end', () => {
    expect(postureOf(whole)).toEqual({ posture: 'fresh', staleSeconds: 0 });
    expect(postureOf({ ...whole, overMs: 0 })).toEqual({ posture: 'stale', staleSeconds: 0 });
    expect(postureOf({ ...whole, overMs: 1 })).toEqual({ posture: 'stale', staleSeconds: 0.001 });
    expect(postureOf({ ...whole, overMs: 59_999 })).toEqual({ posture: 'stale', staleSeconds: 59.999 });
  });

  it.each([
    ['P-A3 past every allowance', { ...whole, overMs: 60_000 }],
    ['P-D3 without a lease in this boot', { ...whole, overMs: undefined }],
    ['without a state', { ...whole, hasState: false }],
    ['P-A6 without control time', { ...whole, hasTime: false }],
    ['when the control plane has refused it', { ...whole, isCut: true }],
  ])('is severed %s', (_when, standing) => {
    expect(postureOf(standing).posture).toBe('severed');
  });
});
