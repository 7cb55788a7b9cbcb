import { describe, expect, test } from 'vitest';
import { closedSchema, SchemaTooLarge } from './closed-schema.js';

const counted = { portcullisCount: true };
/** As it comes out where it stands alone: closed, and counted. */
const closed = (schema: object) => ({ ...schema, unevaluatedProperties: false, ...counted });
const shared = (schema: object) => ({ ...schema, ...counted });
const open = (schema: object) => ({ ...schema, additionalProperties: true, ...counted });
const object = { type: 'object' };
const text = { type: 'string' };
/** What tells a reader something and asks nothing of a value. */
const told = {
  $schema: 'x',
  $id: 'y',
  title: 't',
  description: 'd',
  default: 1,
  examples: [],
  example: 2,
  deprecated: true,
  $comment: 'c',
};

test.each<[string, unknown, unknown]>([
  ['of an object', object, closed(object)],
  ['of anything else', text, closed(text)],
  ['that says nothing', {}, open({})],
  ['that only tells', told, open(told)],
  ['that tells and says something', { title: 't', ...text }, closed({ title: 't', ...text })],
  ['that takes others', { ...object, additionalProperties: true }, shared({ ...object, additionalProperties: true })],
  ['that takes none', { ...object, additionalProperties: false }, shared({ ...object, additionalProperties: false })],
  ['that takes unevaluated ones', { unevaluatedProperties: true }, shared({ unevaluatedProperties: true })],
  [
    'that takes others of a form',
    { ...object, additionalProperties: text },
    shared({ ...object, additionalProperties: closed(text) }),
  ],
  [
    'that takes unevaluated ones of a form',
    { ...object, unevaluatedProperties: object },
    shared({ ...object, unevaluatedProperties: closed(object) }),
  ],
  ['that is true', true, true],
  ['that is false', false, false],
  ['that is none', 'object', 'object'],
  ['that is a list', [object], [object]],
  ['that is null', null, null],
])('a schema %s', (_what, schema, wanted) => {
  expect(closedSchema(schema)).toEqual(wanted);
});

describe('what a schema says of another place is closed on its own', () => {
  test.each(['items', 'additionalItems', 'contains', 'unevaluatedItems', 'prefixItems'])('under %s', (keyword) => {
    expect(closedSchema({ [keyword]: object })).toEqual(closed({ [keyword]: closed(object) }));
    expect(closedSchema({ [keyword]: [object, {}, true] })).toEqual(
      closed({ [keyword]: [closed(object), open({}), true] }),
    );
  });

  test.each(['properties', 'patternProperties'])('under %s', (keyword) => {
    expect(closedSchema({ [keyword]: { a: object, b: {}, c: true, if: text } })).toEqual(
      closed({ [keyword]: { a: closed(object), b: open({}), c: true, if: closed(text) } }),
    );
    expect(closedSchema({ [keyword]: 'nonsense' })).toEqual(closed({ [keyword]: 'nonsense' }));
    expect(closedSchema({ [keyword]: [object] })).toEqual(closed({ [keyword]: [object] }));
  });
});

describe('what a schema says of the same place is closed with it', () => {
  test.each(['then', 'else', 'allOf', 'anyOf', 'oneOf'])('under %s', (keyword) => {
    expect(closedSchema({ [keyword]: object })).toEqual(closed({ [keyword]: shared(object) }));
    expect(closedSchema({ [keyword]: [object, {}, true, false] })).toEqual(
      closed({ [keyword]: [shared(object), open({}), { additionalProperties: true }, false] }),
    );
  });

  test.each(['dependentSchemas', 'dependencies', '$defs', 'definitions'])('under %s', (keyword) => {
    expect(closedSchema({ [keyword]: { a: object, b: {}, c: true, d: ['e'] } })).toEqual(
      closed({ [keyword]: { a: shared(object), b: open({}), c: { additionalProperties: true }, d: ['e'] } }),
    );
  });

  test('and what lies below that is closed on its own again', () => {
    const schema = { allOf: [{ properties: { a: object } }] };
    expect(closedSchema(schema)).toEqual(closed({ allOf: [shared({ properties: { a: closed(object) } })] }));
  });
});

describe('what only tests is left as it is', () => {
  test.each(['if', 'not'])('under %s, however deep', (keyword) => {
    const schema = { properties: { a: { ...object, allOf: [{}, true] } }, items: [text] };
    expect(closedSchema({ [keyword]: schema })).toEqual(
      closed({
        [keyword]: shared({
          properties: { a: shared({ ...object, allOf: [shared({}), true] }) },
          items: [shared(text)],
        }),
      }),
    );
  });
});

test.each(['enum', 'const', 'required', 'default', 'examples', 'propertyNames', '$ref'])(
  'what stands under %s is left as it is',
  (keyword) => {
    const value = { properties: { a: object } };
    expect(closedSchema({ ...object, [keyword]: value })).toEqual(closed({ ...object, [keyword]: value }));
  },
);

describe('a pattern', () => {
  const lookahead = '^(?!x).*$';
  test.each<[string, object, object]>([
    ['stays', { pattern: '^a' }, { pattern: '^a' }],
    ['stays beside a format', { pattern: '^a', format: 'email' }, { pattern: '^a', format: 'email' }],
    ['goes where a known format says the same', { pattern: lookahead, format: 'email' }, { format: 'email' }],
    [
      'stays where nobody knows the format',
      { pattern: lookahead, format: 'moon' },
      { pattern: lookahead, format: 'moon' },
    ],
    ['stays where the format is no text', { pattern: lookahead, format: 7 }, { pattern: lookahead, format: 7 }],
    ['stays where there is no format', { pattern: lookahead }, { pattern: lookahead }],
    ['is no other keyword', { title: lookahead, format: 'email' }, { title: lookahead, format: 'email' }],
    [
      'is no name of a format by accident',
      { pattern: lookahead, format: 'toString' },
      { pattern: lookahead, format: 'toString' },
    ],
  ])('%s', (_what, schema, wanted) => {
    expect(closedSchema(schema)).toEqual(closed(wanted));
  });
});

describe('a schema that is too large', () => {
  const nested = (depth: number, keyword = 'items'): object =>
    depth === 0 ? text : { [keyword]: nested(depth - 1, keyword) };
  const wide = (parts: number) => ({ anyOf: Array.from({ length: parts - 1 }, () => text) });

  test('of 2000 parts can be used, of one more it cannot', () => {
    expect(closedSchema(wide(2000))).toMatchObject({ unevaluatedProperties: false });
    expect(() => closedSchema(wide(2001))).toThrow(new SchemaTooLarge('it has more than 2000 parts'));
  });

  test.each(['items', 'not', 'allOf', 'additionalProperties'])(
    'of 64 levels by %s, of one more it cannot',
    (keyword) => {
      expect(closedSchema(nested(64, keyword))).toMatchObject(counted);
      expect(() => closedSchema(nested(65, keyword))).toThrow(new SchemaTooLarge('it is nested deeper than 64 levels'));
    },
  );
});
