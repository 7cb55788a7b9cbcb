import { describe, expect, it } from 'vitest';
import { indentedJson } from './indented-json.js';

describe('JSON on lines of its own', () => {
  it('is indented by what it is in, and empty lists and objects stay whole', () => {
    expect(indentedJson('{"a":[1,{"b":null}],"c":{},"d":[]}')).toEqual([
      ...['{', '  "a": [', '    1,', '    {', '      "b": null', '    }', '  ],', '  "c": {},', '  "d": []', '}'],
    ]);
  });

  it.each([
    ['numbers that a parser would round', '[10000000000000000001,1e400]'],
    ['escapes, and what looks like structure in a text', '["\\u202e \\" }, {","a:b,c"]'],
    ['a name twice', '{"a":1,"a":2}'],
    ['a text that was cut', '{"a":"never end'],
    ['what is no JSON', 'plain, words: }]'],
  ])('keeps %s', (_what, text) => {
    const bare = (one: string) => one.replaceAll(/\s/g, '');
    expect(bare(indentedJson(text).join(''))).toBe(bare(text));
  });
});
