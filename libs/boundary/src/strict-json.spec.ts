import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStrictJson } from './strict-json.js';

describe('a body that is parsed strictly', () => {
  it('is the same value JSON.parse gives when every name stands once', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const text = JSON.stringify(value);
        fc.pre(!text.includes('__proto__'));
        expect(parseStrictJson(text)).toEqual({ value: JSON.parse(text) });
      }),
    );
  });

  it.each([
    ['the same name twice', '{"amount":1,"amount":240}'],
    ['the same name, once escaped', '{"amount":1,"\\u0061mount":240}'],
    ['the same name twice, deep inside', '{"a":[{"b":{"c":1, "d":2, "c" : 3}}]}'],
    ['a name that sets the prototype', '{"arguments":{"__proto__":{"amount":240}}}'],
    ['a name that sets the prototype, escaped', '{"\\u005f_proto__":1}'],
  ])('is refused as ambiguous with %s', (_what, text) => {
    expect(parseStrictJson(text)).toEqual({ trouble: 'ambiguous' });
  });

  it.each([
    ['the same name in two objects', '[{"a":1},{"a":2},{"b":{"a":1},"a":2}]'],
    ['a value that repeats a name', '{"a":"a","b":["a","a"],"c":"\\"a\\":"}'],
    ['braces and colons inside strings', '{"a":"{\\"a\\":1,","b":"}:","\\\\":"\\\\"}'],
  ])('is taken with %s', (_what, text) => {
    expect(parseStrictJson(text)).toEqual({ value: JSON.parse(text) });
  });

  it.each(['', '{', '{"a":1}{"b":2}', '{"a":1,}', "{'a':1}", 'NaN'])('is refused as no JSON: %s', (text) => {
    expect(parseStrictJson(text)).toEqual({ trouble: 'syntax' });
  });
});
