import { describe, expect, it } from 'vitest';
import { oldestReport, quotaStanding } from './quota-words.js';

describe('the standing of a quota', () => {
  it.each([
    [0, 3, 'unused', 0],
    [2, 3, 'within the limit', 2 / 3],
    [80, 100, 'nearly used up', 0.8],
    [3, 3, 'used up', 1],
    [7, 5, 'used up', 1],
    [0, 0, 'used up', 1],
  ])('%d of %d is %s', (used, limit, word, share) => {
    expect(quotaStanding(used, limit)).toMatchObject({ word, share });
  });

  it('is as old as the oldest report of those who counted', () => {
    expect(oldestReport([{ reportedAt: 20 }, { reportedAt: null }, { reportedAt: 10 }])).toBe(10);
    expect(oldestReport([{ reportedAt: null }])).toBeNull();
  });
});
