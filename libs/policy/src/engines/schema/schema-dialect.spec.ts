import { describe, expect, test } from 'vitest';
import { compilerFor, dialectOf, isReplaced } from './schema-dialect.js';

test.each<[unknown, string]>([
  [undefined, '2020-12'],
  [null, '2020-12'],
  [true, '2020-12'],
  ['text', '2020-12'],
  [{}, '2020-12'],
  [{ $schema: undefined }, '2020-12'],
  [{ $schema: 'https://json-schema.org/draft/2020-12/schema' }, '2020-12'],
  [{ $schema: 'http://json-schema.org/draft/2020-12/schema#' }, '2020-12'],
  [{ $schema: 'http://json-schema.org/draft-07/schema' }, 'draft-07'],
  [{ $schema: 'http://json-schema.org/draft-07/schema#' }, 'draft-07'],
  [{ $schema: 'https://json-schema.org/draft-07/schema#' }, 'draft-07'],
])('the dialect of %j is %s', (schema, dialect) => {
  expect(dialectOf(schema)).toBe(dialect);
});

test.each([
  [{ $schema: 'http://json-schema.org/draft-03/schema#' }],
  [{ $schema: 'http://json-schema.org/draft-07/schema#x' }],
  [{ $schema: 'http://json-schema.org/draft-07#/schema' }],
  [{ $schema: 'see https://json-schema.org/draft-07/schema' }],
  [{ $schema: '' }],
  [{ $schema: 7 }],
  [{ $schema: null }],
])('the dialect of %j is not read', (schema) => {
  expect(() => dialectOf(schema)).toThrow(new Error('its $schema is none of 2020-12 and draft-07'));
});

test.each<[string, unknown, boolean]>([
  ['^a', 'email', false],
  ['(?=a)', 'email', true],
  ['(?=a)', 'date', true],
  ['(?=a)', 'moon', false],
  ['(?=a)', 'constructor', false],
  ['(?=a)', undefined, false],
  ['(?=a)', ['email'], false],
  ['\\u00e9', 'email', false],
])('that %s beside the format %s need not be checked is %s', (pattern, format, wanted) => {
  expect(isReplaced(pattern, format)).toBe(wanted);
});

describe.each(['2020-12', 'draft-07'] as const)('a compiler for %s', (dialect) => {
  const keeps = (schema: object, value: unknown) => compilerFor(dialect, () => undefined).compile(schema)(value);

  test.each<[object, unknown, boolean]>([
    [{ pattern: 'b' }, 'abc', true],
    [{ pattern: 'b' }, 'a\nb\nc', true],
    [{ pattern: '^b' }, 'abc', false],
    [{ pattern: '^a|c$' }, 'axx', true],
    [{ pattern: '^a|c$' }, 'xxc', true],
    [{ pattern: '^a|c$' }, 'xax', false],
    [{ pattern: '^\\u00e9$' }, 'é', true],
    [{ pattern: '^\\u{1F600}$' }, '😀', true],
    [{ pattern: '^\\\\u00e9$' }, '\\u00e9', true],
    [{ pattern: '^\\\\\\u00e9$' }, '\\é', true],
    [{ pattern: '^\\u00e9\\u00e8$' }, 'éè', true],
    [{ format: 'date' }, '2026-02-28', true],
    [{ format: 'date' }, '2026-02-30', false],
    [{ format: 'date' }, 7, true],
    [{ format: 'email' }, 'a@example.com', true],
    [{ format: 'email' }, 'nobody', false],
    [{ format: 'uuid' }, '123e4567-e89b-12d3-a456-426614174000', true],
    [{ format: 'uuid' }, '123e4567', false],
    [{ format: 'byte' }, 'aGk=', true],
    [{ format: 'byte' }, 'a', false],
    [{ format: 'regex' }, 'a+', true],
    [{ format: 'regex' }, 'a(', false],
    [{ format: 'int32' }, 5, true],
    [{ format: 'int32' }, 2 ** 31, false],
    [{ format: 'int32' }, 'text', true],
    [{ format: 'double' }, 1.5, true],
    [{ format: 'password' }, 'secret', true],
    [{ format: 'uri' }, `http://${'a'.repeat(2041)}`, true],
    [{ format: 'uri' }, `http://${'a'.repeat(2042)}`, false],
    [{ uniqueItems: true }, [1, 2, '1'], true],
    [{ uniqueItems: true }, [1, 2, 1], false],
    [
      { uniqueItems: true },
      [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
      false,
    ],
    [{ uniqueItems: true }, [{ a: 1 }, { a: 2 }], true],
    [{ uniqueItems: true }, 'aa', true],
    [{ uniqueItems: false }, [1, 1], true],
    [{ type: 'number' }, Infinity, false],
    [{ type: 'number' }, NaN, false],
    [{ type: 'number' }, 1e300, true],
    [{ type: 'object', required: ['constructor'] }, {}, false],
    [{ type: 'object', unevaluatedProperties: false }, { a: 1 }, false],
    [{ nobodyKnows: 7 }, 1, true],
  ])('by %j takes %j: %s', (schema, value, wanted) => {
    expect(keeps(schema, value)).toBe(wanted);
  });

  test('counts every schema that is asked', () => {
    let asked = 0;
    const check = compilerFor(dialect, () => (asked += 1)).compile({
      portcullisCount: true,
      properties: { a: { portcullisCount: true }, b: { portcullisCount: true } },
    });
    expect([check({}), asked]).toEqual([true, 1]);
    expect([check({ a: 1, b: 1 }), asked]).toEqual([true, 4]);
  });

  test.each(['(?=a)', '(a)\\1', '('])('has no words for the pattern %s', (pattern) => {
    expect(() => keeps({ pattern }, 'a')).toThrow();
  });
});

test('a list of schemas under items speaks about the first ones in draft-07, prefixItems in 2020-12', () => {
  const check = (dialect: '2020-12' | 'draft-07', keyword: string) =>
    compilerFor(dialect, () => undefined).compile({ [keyword]: [{ type: 'string' }] })([1]);
  expect(check('draft-07', 'items')).toBe(false);
  expect(check('2020-12', 'prefixItems')).toBe(false);
});
