import { describe, expect, test } from 'vitest';
import { tokensOf } from './policy-tokens.js';

const valueOf = (text: string) => tokensOf(text).map(({ value }) => value);

describe('the tokens of a text', () => {
  test('are words, strings and signs with their places in UTF-16 units, and all of the text but white space and comments', () => {
    expect(tokensOf('if _a1 // "not";\n😀 "b\\n" &&;')).toEqual([
      { kind: 'word', text: 'if', value: 'if', start: 0, end: 2 },
      { kind: 'word', text: '_a1', value: '_a1', start: 3, end: 6 },
      { kind: 'sign', text: '😀', value: '😀', start: 17, end: 19 },
      { kind: 'string', text: '"b\\n"', value: 'b\n', start: 20, end: 25 },
      { kind: 'sign', text: '&&', value: '&&', start: 26, end: 28 },
      { kind: 'sign', text: ';', value: ';', start: 28, end: 29 },
    ]);
  });

  test('are read anew from each text', () => {
    expect(valueOf('forbid 12')).toEqual(['forbid', '12']);
    expect(valueOf('')).toEqual([]);
    expect(valueOf('forbid 12')).toEqual(['forbid', '12']);
  });

  test('tell signs of two characters from those of one', () => {
    expect(valueOf('::&&||==!=<=>=:&|=!<>@')).toEqual([
      ...['::', '&&', '||', '==', '!=', '<=', '>='],
      ...[':', '&', '|', '=', '!', '<', '>', '@'],
    ]);
  });
});

describe('what a string says', () => {
  test.each([
    ['is what stands between its quotes', '"vip // a; b"', 'vip // a; b'],
    ['has line ends, tabs and zeros', '"\\n\\r\\t\\0"', '\n\r\t\0'],
    ['has what else stands behind a backslash', '"\\"\\\\\\\'\\*"', '"\\\'*'],
    ['has characters by two digits', '"\\x41\\x7e"', 'A~'],
    ['has characters by up to six digits', '"\\u{41}\\u{1f600}"', 'A😀'],
    ['has the last character there is', '"\\u{10FFFF}"', '\u{10ffff}'],
    ['has nothing in place of a character there cannot be', '"a\\u{110000}b"', 'ab'],
    ['has no digits where none are', '"\\u{zz}"', 'u{zz}'],
    ['goes to the end of the text where no quote ends it', '"vip', 'vip'],
    ['is empty where nothing follows its quote', '"', ''],
    ['is empty between two quotes', '""', ''],
  ])('%s', (_what, text, value) => {
    expect(tokensOf(text)).toEqual([{ kind: 'string', text, value, start: 0, end: text.length }]);
  });
});
