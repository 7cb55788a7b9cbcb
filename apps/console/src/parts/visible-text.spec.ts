import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visibleRuns, visibleString } from './visible-text.js';

describe('text of unknown origin', () => {
  it('leaves ordinary text of any script as it is', () => {
    expect(visibleRuns('Kundendienst Zürich 客服 🙂')).toEqual([
      { text: 'Kundendienst Zürich 客服 🙂', marked: false },
    ]);
  });

  it.each([
    ['a right-to-left override', 'a\u202eb', 'a[U+202E]b'],
    ['a zero-width space', 'a\u200bb', 'a[U+200B]b'],
    ['an isolate', '\u2066x\u2069', '[U+2066]x[U+2069]'],
    ['a control character', 'a\u0007', 'a[U+0007]'],
    ['a line break', 'a\nb', 'a[U+000A]b'],
    ['a tag character', 'a\u{e0041}', 'a[U+E0041]'],
    ['a byte order mark', '\ufeffa', '[U+FEFF]a'],
  ])('makes %s visible', (_name, text, shown) => {
    expect(visibleString(text)).toBe(shown);
  });

  it('never lets a character through that cannot be seen', () => {
    const invisible = /[\p{Cc}\p{Cf}\u2028\u2029]/u;
    const nasty = fc.array(
      fc.oneof(
        fc.constantFrom('\u202e', '\u200d', '\u061c', '\u00ad', '\u0000', '\u2028'),
        fc.integer({ min: 0, max: 0x10ffff }).map((point) => String.fromCodePoint(point)),
      ),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(nasty, (parts) => {
        const shown = visibleString(parts.join(''));
        expect([...shown].filter((character) => invisible.test(character) && !isLetterLike(character))).toEqual([]);
      }),
    );
  });
});

// Format characters of living scripts that do draw something, such as the Arabic number sign.
function isLetterLike(character: string): boolean {
  return /[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}\u{13430}-\u{1343f}]/u.test(character);
}
