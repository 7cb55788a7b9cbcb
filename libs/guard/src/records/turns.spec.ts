import type { Batch } from '@portcullis/contracts';
import { describe, expect, it } from 'vitest';
import { Turns } from './turns.js';

const batch = (characters: number): Batch => ({ number: 1, previous: '', hash: '', events: ['x'.repeat(characters)] });

describe('what a report carries', () => {
  it('is both while they fit, and each in turn while they do not', () => {
    const turns = new Turns();
    expect([turns.next(batch(1000), 2), turns.next(null, 2), turns.next(batch(100_000), 0)]).toEqual([
      'both',
      'both',
      'both',
    ]);
    const large = [1, 2, 3].map(() => turns.next(batch(100_000), 2));
    expect(large).toEqual(['batch', 'records', 'batch']);
  });
});
