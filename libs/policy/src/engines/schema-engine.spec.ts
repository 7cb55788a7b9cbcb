import { describe, expect, test } from 'vitest';
import { schemaEngine } from './schema-engine.js';

const said = (schema: unknown, value: unknown) => schemaEngine().compile(schema)(value);
const refund = {
  type: 'object',
  properties: {
    amount: { type: 'number', minimum: 0 },
    customer: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
    lines: { type: 'array', items: { type: 'object', properties: { price: { type: 'number' } } } },
  },
  required: ['amount'],
};
const draft7 = { $schema: 'http://json-schema.org/draft-07/schema#' };

describe.each([
  ['2020-12', {}],
  ['draft-07', draft7],
])('the arguments of a tool, by a schema of %s', (_dialect, dialect) => {
  const check = (value: unknown) => said({ ...dialect, ...refund }, value);

  test.each([
    [{ amount: 5 }, undefined],
    [{ amount: 5, customer: { id: 'C-7' }, lines: [{ price: 1 }, {}] }, undefined],
    [{ amount: '5' }, 'amount must be number'],
    [{ amount: -1 }, 'amount must be >= 0'],
    [{ amount: Infinity }, 'amount must be number'],
    [{ amount: NaN }, 'amount must be number'],
    [{}, 'amount is missing'],
    [{ amount: 5, note: 'x' }, "note is not in the tool's schema"],
    [{ amount: 5, customer: { id: 'C-7', admin: true } }, "customer.admin is not in the tool's schema"],
    [{ amount: 5, lines: [{ price: 1 }, { price: 2, vat: 3 }] }, "lines.1.vat is not in the tool's schema"],
    [{ amount: 5, customer: {} }, 'customer.id is missing'],
    [JSON.parse('{"amount":5,"__proto__":{"x":1}}'), "__proto__ is not in the tool's schema"],
    [{ amount: 5, constructor: 1 }, "constructor is not in the tool's schema"],
    [[], 'arguments must be object'],
    ['amount', 'arguments must be object'],
    [null, 'arguments must be object'],
    [undefined, 'arguments must be object'],
  ])('%j: %s', (value, wrong) => {
    expect(check(value)).toBe(wrong);
  });
});

describe('a schema that says itself what becomes of others', () => {
  test.each([
    ['additionalProperties: true', { type: 'object', additionalProperties: true }],
    ['additionalProperties: a schema', { type: 'object', additionalProperties: { type: 'number' } }],
    ['patternProperties', { type: 'object', patternProperties: { '^n': { type: 'number' } } }],
    ['unevaluatedProperties: true', { type: 'object', unevaluatedProperties: true }],
    ['nothing at all about the value', { description: 'Anything.' }],
    ['true', true],
  ])('%s', (_how, note) => {
    const schema = { type: 'object', properties: { note } };
    expect(said(schema, { note: { n: 1 } })).toBeUndefined();
    expect(said(schema, { note: {}, other: 1 })).toBe("other is not in the tool's schema");
  });

  test('an object of which only the type is said takes no property', () => {
    expect(said({ type: 'object', properties: { note: { type: 'object' } } }, { note: { n: 1 } })).toBe(
      "note.n is not in the tool's schema",
    );
    expect(said({ type: 'object' }, { n: 1 })).toBe("n is not in the tool's schema");
  });
});

describe('a schema that is put together', () => {
  const named = (name: string) => ({ type: 'object', properties: { [name]: { type: 'string' } } });

  test.each(['allOf', 'anyOf', 'oneOf'])('of several by %s: what any part that holds speaks about is known', (how) => {
    const both = {
      ...named('a'),
      [how]: [{ ...named('b'), required: ['b'] }, ...(how === 'allOf' ? [named('c')] : [])],
    };
    expect(said(both, { a: 'x', b: 'y' })).toBeUndefined();
    expect(said(both, { a: 'x', b: 'y', d: 'z' })).toBe("d is not in the tool's schema");
  });

  test('by if and then: only the branch that holds counts', () => {
    const schema = {
      ...named('kind'),
      if: { properties: { kind: { const: 'card' } }, required: ['kind'] },
      then: named('card'),
      else: named('iban'),
    };
    expect(said(schema, { kind: 'card', card: '1' })).toBeUndefined();
    expect(said(schema, { kind: 'card', iban: '1' })).toBe("iban is not in the tool's schema");
    expect(said(schema, { kind: 'bank', iban: '1' })).toBeUndefined();
  });

  test('by a choice of which one part takes anything: it stays open', () => {
    const schema = { type: 'object', properties: { note: { anyOf: [{ type: 'null' }, {}] } } };
    expect(said(schema, { note: { x: 1 } })).toBeUndefined();
  });

  test('by references into itself, also without end', () => {
    const schema = {
      type: 'object',
      properties: { filter: { $ref: '#/$defs/filter' } },
      $defs: {
        filter: { ...named('field'), properties: { field: { type: 'string' }, not: { $ref: '#/$defs/filter' } } },
      },
    };
    expect(said(schema, { filter: { field: 'a', not: { field: 'b' } } })).toBeUndefined();
    expect(said(schema, { filter: { not: { not: { other: 1 } } } })).toBe(
      "filter.not.not.other is not in the tool's schema",
    );
  });

  test('by a pattern, which is found anywhere in the text', () => {
    const schema = { type: 'object', properties: { id: { type: 'string', pattern: 'T-\\d+' } } };
    expect(said(schema, { id: 'see T-17 please\nsoon' })).toBeUndefined();
    expect(said(schema, { id: 'T-' })).toMatch(/^id must match pattern/);
    const accents = { type: 'object', properties: { id: { pattern: '^\\u00e9\\u{1F600}$' } } };
    expect(said(accents, { id: 'é😀' })).toBeUndefined();
  });

  test('by a format, which is checked; one that nobody knows says nothing', () => {
    const schema = (format: string) => ({ type: 'object', properties: { at: { type: 'string', format } } });
    expect(said(schema('date'), { at: '2026-02-30' })).toBe('at must match format "date"');
    expect(said(schema('date-time'), { at: '2026-02-03T10:00:00Z' })).toBeUndefined();
    expect(said(schema('email'), { at: `${'a'.repeat(5000)}@example.com` })).toMatch(/format/);
    expect(said(schema('moon-phase'), { at: 'full' })).toBeUndefined();
  });

  test('by a pattern that RE2 has no words for: a known format beside it counts, and else the schema cannot be used', () => {
    const lookahead = '^(?!\\.)(?!.*\\.\\.)([A-Za-z]+)@example\\.com$';
    const schema = (rest: object) => ({
      type: 'object',
      properties: { to: { type: 'string', pattern: lookahead, ...rest } },
    });
    expect(said(schema({ format: 'email' }), { to: 'a@example.com' })).toBeUndefined();
    expect(said(schema({ format: 'email' }), { to: 'nobody' })).toMatch(/format/);
    expect(() => schemaEngine().compile(schema({}))).toThrow();
    expect(() => schemaEngine().compile(schema({ format: 'moon-phase' }))).toThrow();
  });
});

describe('a schema that cannot be used', () => {
  const nested = (depth: number): object =>
    depth === 0 ? {} : { type: 'object', properties: { a: nested(depth - 1) } };
  test.each([
    ['refers to somewhere else', { $ref: 'https://elsewhere.example/schema.json' }],
    ['refers to nothing', { $ref: '#/$defs/nothing' }],
    ['is of a dialect nobody reads', { $schema: 'http://json-schema.org/draft-03/schema#' }],
    ['is no schema', { type: 'banana' }],
    ['is a text', 'object'],
    ['is nested without end', nested(70)],
    ['has more parts than can be read', { anyOf: Array.from({ length: 2001 }, () => ({})) }],
    ['is longer than a report', { description: 'x'.repeat(50_000) }],
    ['has a pattern that repeats too much', { pattern: '((a{50}){50}){50}' }],
  ])('because it %s throws, at every time', (_why, schema) => {
    const engine = schemaEngine();
    expect(() => engine.compile(schema)).toThrow();
    expect(() => engine.compile(schema)).toThrow();
  });

  test('is another’s business alone: a name it gives itself is taken by nobody', () => {
    const one = { $id: 'https://example.com/s', type: 'object', properties: { a: {} } };
    const engine = schemaEngine();
    expect(engine.compile(one)({ a: 1 })).toBeUndefined();
    expect(engine.compile({ ...one, properties: { b: {} } })({ a: 1 })).toBe("a is not in the tool's schema");
    expect(() => engine.compile({ $ref: 'https://example.com/s' })).toThrow();
  });
});

describe('arguments made to take long are refused at once', () => {
  /** Within 50 ms on a machine that does nothing else; counted is the processor's time, and ten times as much is allowed. */
  const atOnce = (what: () => unknown): unknown => {
    what();
    const before = process.cpuUsage();
    const answer = what();
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(500);
    return answer;
  };
  const deep = (depth: number): unknown => (depth === 0 ? {} : { a: deep(depth - 1) });
  const twice = { $ref: '#/$defs/node' };
  const doubling = {
    ...twice,
    $defs: { node: { type: 'object', allOf: [{ properties: { a: twice } }, { properties: { a: twice } }] } },
  };

  test.each([
    ['many values', { type: 'array', items: {} }, Array.from({ length: 30_000 }, () => 1), /more than 20000 values/],
    ['depth', { additionalProperties: true }, deep(200), /nested deeper than 64/],
    ['text', { additionalProperties: true }, { a: 'x'.repeat(2_000_000) }, /1000000 characters/],
    ['a schema that asks twice at each level', doubling, deep(40), /take too long/],
    ['a schema that asks itself', { $ref: '#' }, {}, /take too long/],
    [
      'items to compare',
      { type: 'array', uniqueItems: true, items: { type: 'object', additionalProperties: true } },
      Array.from({ length: 9_000 }, (_one, index) => ({ index })),
      undefined,
    ],
    [
      'a pattern that others would try again and again',
      { type: 'object', properties: { a: { pattern: '^(a+)+$' } } },
      { a: `${'a'.repeat(4000)}!` },
      /must match pattern/,
    ],
  ])('by %s', (_what, schema, value, wrong) => {
    const check = schemaEngine().compile(schema);
    const answer = atOnce(() => check(value));
    if (wrong === undefined) expect(answer).toBeUndefined();
    else expect(answer).toMatch(wrong);
  });
});
