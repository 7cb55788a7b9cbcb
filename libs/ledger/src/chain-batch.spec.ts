import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainBatch, firstPrevious, verifyBatch } from './chain-batch.js';

const text = fc.string({ unit: 'grapheme' });
const texts = fc.array(text, { minLength: 1, maxLength: 8 });

describe('P-E9 a report batch is chained to the one before it', () => {
  it('begins at 32 zero bytes', () => {
    expect(Buffer.from(firstPrevious, 'base64url')).toEqual(Buffer.alloc(32));
  });

  it('gives a fixed answer for a fixed batch, so that two implementations can agree', () => {
    expect(chainBatch(firstPrevious, ['{"type":"posture"}', '{}'])).toBe('7ShkGKrCiY-rG8EhOgGDvZv_fvQy9QGPjizrNGfi7RM');
  });

  it('accepts a batch as it was made', () => {
    fc.assert(
      fc.property(texts, (events) =>
        verifyBatch({ previous: firstPrevious, events, hash: chainBatch(firstPrevious, events) }),
      ),
    );
  });

  it('changes its hash when any event is edited, dropped, added or moved, or the link before it is another', () => {
    fc.assert(
      fc.property(texts, text, fc.nat(), fc.nat(), (events, other, first, second) => {
        const hash = chainBatch(firstPrevious, events);
        const at = first % events.length;
        const to = second % events.length;
        const edited = events.with(at, other);
        const moved = events.toSpliced(at, 1).toSpliced(to, 0, events[at] ?? '');
        const variants = [edited, moved, events.toSpliced(at, 1), events.toSpliced(at, 0, other), [...events, other]];
        for (const variant of variants) {
          if (JSON.stringify(variant) === JSON.stringify(events)) continue;
          expect(verifyBatch({ previous: firstPrevious, events: variant, hash })).toBe(false);
        }
        expect(verifyBatch({ previous: hash, events, hash })).toBe(false);
      }),
    );
  });

  it('tells texts that only differ in where one ends and the next begins', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.nat(), (left, right, cut) => {
        const whole = left + right;
        const at = cut % (whole.length + 1);
        const other = [whole.slice(0, at), whole.slice(at)];
        fc.pre(other[0] !== left);
        expect(chainBatch(firstPrevious, other)).not.toBe(chainBatch(firstPrevious, [left, right]));
      }),
    );
  });
});
