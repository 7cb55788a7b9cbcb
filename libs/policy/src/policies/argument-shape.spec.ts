import { describe, expect, test } from 'vitest';
import { argumentFields, shapeAt, type ArgumentFields } from './argument-shape.js';

type Shown = Readonly<Record<string, unknown>>;
const shown = (fields: ArgumentFields): Shown =>
  Object.fromEntries(
    [...fields].map(([name, shape]) => [name, 'fields' in shape ? { ...shape, fields: shown(shape.fields) } : shape]),
  );
const fieldsOf = (schema: unknown) => shown(argumentFields(schema));
const $defs = { Text: { type: 'string' }, Deep: { Text: { type: 'string' } } };
/** The shape of a parameter that is required, unless it may be `null`. */
const shapeOf = (property: unknown, root: object = { $defs }) =>
  fieldsOf({ type: 'object', properties: { it: property }, required: ['it'], ...root })['it'];

const leaf = (type: string, required = true) => ({ kind: 'leaf', type, required });
const record = (fields: Shown, required = true) => ({ kind: 'record', fields, required });
const opaque = (why: string, required = true) => ({ kind: 'opaque', why, required });
const ofNoType = 'is of no single type';
const ofSeveralForms = 'may be of several forms';
const oddList = 'is a list of something else than texts, numbers or truth values';
const tooDeep = 'is nested more than 8 deep';
const text = { type: 'string' };
const nothing = { type: 'null' };

describe('what a schema makes of a parameter', () => {
  test.each<[string, unknown, unknown]>([
    ['a text', text, leaf('string')],
    ['a whole number', { type: 'integer' }, leaf('long')],
    ['a number', { type: 'number' }, leaf('decimal')],
    ['a truth value', { type: 'boolean' }, leaf('boolean')],
    ['texts', { type: 'array', items: text }, leaf('strings')],
    ['whole numbers', { type: 'array', items: { type: 'integer' } }, leaf('longs')],
    ['numbers', { type: 'array', items: { type: 'number' } }, leaf('decimals')],
    ['truth values', { type: 'array', items: { type: 'boolean' } }, leaf('booleans')],
    ['lists of texts', { type: 'array', items: { type: 'array', items: text } }, opaque(oddList)],
    ['a list of objects', { type: 'array', items: { type: 'object' } }, opaque(oddList)],
    ['a list of anything', { type: 'array' }, opaque(oddList)],
    ['a list by places', { type: 'array', items: [text] }, opaque(oddList)],
    ['an object', { type: 'object', properties: { a: text } }, record({ a: leaf('string', false) })],
    ['an object without fields', { type: 'object' }, record({})],
    ['an object by its fields alone', { properties: { a: text }, required: ['a'] }, record({ a: leaf('string') })],
    ['an object whose fields are no object', { type: 'object', properties: [text], required: 'a' }, record({})],
    ['fields that are no object', { properties: [text] }, opaque(ofNoType)],
    ['a type among the names of all objects', { type: 'toString' }, opaque(ofNoType)],
    ['a type that is no name', { type: 5 }, opaque(ofNoType)],
    ['several types', { type: ['string', 'integer'] }, opaque(ofNoType)],
    ['several types and values of one', { type: ['string', 'integer'], enum: ['a'] }, opaque(ofNoType)],
    ['nothing but null', nothing, opaque(ofNoType)],
    ['no word about it', {}, opaque(ofNoType)],
    ['a schema that is no object', true, opaque(ofNoType, false)],
  ])('%s', (_what, property, shape) => {
    expect(shapeOf(property)).toEqual(shape);
  });
});

describe('what the values that are allowed make of a parameter without a type', () => {
  test.each<[string, unknown, unknown]>([
    ['one text', { const: 'a' }, leaf('string')],
    ['one whole number', { const: 2 }, leaf('long')],
    ['one number', { const: 2.5 }, leaf('decimal')],
    ['one truth value', { const: false }, leaf('boolean')],
    ['one list', { const: ['a'] }, opaque(oddList)],
    ['one object', { const: { a: 1 } }, record({})],
    ['null', { const: null }, opaque(ofNoType)],
    ['several texts', { enum: ['a', 'b'] }, leaf('string')],
    ['several whole numbers', { enum: [1, 2] }, leaf('long')],
    ['whole and other numbers', { enum: [1, 2.5] }, opaque(ofNoType)],
    ['texts and numbers', { enum: ['a', 1] }, opaque(ofNoType)],
    ['lists and objects', { enum: [['a'], { a: 1 }] }, opaque(ofNoType)],
    ['texts and null', { enum: ['a', null] }, leaf('string', false)],
    ['no value at all', { enum: [] }, opaque(ofNoType)],
    ['values that are no list', { enum: 'a' }, opaque(ofNoType)],
    ['one of several', { const: 2, enum: ['a'] }, leaf('long')],
  ])('%s', (_what, property, shape) => {
    expect(shapeOf(property)).toEqual(shape);
  });
});

describe('a parameter of several forms', () => {
  test.each<[string, unknown, unknown]>([
    ['is the one form beside null', { anyOf: [nothing, text] }, leaf('string', false)],
    ['is the one form beside null, of which one holds', { oneOf: [text, nothing] }, leaf('string', false)],
    ['is the one type beside null', { type: ['null', 'integer'] }, leaf('long', false)],
    ['is the one form there is', { anyOf: [text] }, leaf('string')],
    ['cannot be read where there are two', { anyOf: [text, { type: 'integer' }] }, opaque(ofSeveralForms)],
    ['cannot be read where one of two holds', { oneOf: [text, text] }, opaque(ofSeveralForms)],
    ['cannot be read where two stand beside null', { oneOf: [text, text, nothing] }, opaque(ofSeveralForms, false)],
    ['cannot be read where none but null is left', { anyOf: [nothing] }, opaque(ofSeveralForms, false)],
    ['cannot be read where the forms are no list', { anyOf: text }, opaque(ofSeveralForms)],
    ['cannot be read where a form is no object', { anyOf: [true, text] }, opaque(ofSeveralForms)],
    ['cannot be read where all have to hold', { ...text, allOf: [text] }, opaque(ofSeveralForms)],
    ['cannot be read where one must not hold', { ...text, not: text }, opaque(ofSeveralForms)],
    ['cannot be read where it depends', { ...text, if: text }, opaque(ofSeveralForms)],
  ])('%s', (_what, property, shape) => {
    expect(shapeOf(property)).toEqual(shape);
  });
});

describe('a parameter that is described elsewhere', () => {
  test.each<[string, string, unknown]>([
    ['is what stands there', '#/$defs/Text', leaf('string')],
    ['cannot be read where nothing stands', '#/$defs/Nothing', opaque(ofSeveralForms)],
    ['cannot be read by the names of all objects', '#/$defs/toString', opaque(ofSeveralForms)],
    ['cannot be read at another place', '#/properties/it', opaque(ofSeveralForms)],
    ['cannot be read further down', '#/$defs/Deep/Text', opaque(ofSeveralForms)],
    ['cannot be read in another document', 'https://example.org#/$defs/Text', opaque(ofSeveralForms)],
    ['cannot be read where there are no definitions', '#/definitions/Text', opaque(ofSeveralForms)],
  ])('%s', (_what, $ref, shape) => {
    expect(shapeOf({ $ref })).toEqual(shape);
  });

  test('is found among the definitions of older schemas, if they are an object', () => {
    const property = { $ref: '#/definitions/Text' };
    expect(shapeOf(property, { definitions: $defs })).toEqual(leaf('string'));
    expect(shapeOf({ $ref: '#/definitions/0' }, { definitions: [text] })).toEqual(opaque(ofSeveralForms));
  });

  test('by itself cannot be read, and ends', () => {
    const Self = { anyOf: [{ $ref: '#/$defs/Self' }, nothing] };
    expect(shapeOf({ $ref: '#/$defs/Self' }, { $defs: { Self } })).toEqual(opaque(tooDeep));
    const Loop = { $ref: '#/$defs/Loop' };
    expect(shapeOf(Loop, { $defs: { Loop } })).toEqual(opaque(tooDeep));
    const List = { type: 'array', items: { $ref: '#/$defs/List' } };
    expect(shapeOf(List, { $defs: { List } })).toEqual(opaque(oddList));
  });
});

test('a parameter can be read eight objects deep', () => {
  const nested = (depth: number): object =>
    depth === 0 ? text : { type: 'object', properties: { in: nested(depth - 1) }, required: ['in'] };
  const path = (length: number) => Array.from({ length }, () => 'in');
  expect(shapeAt(argumentFields(nested(8)), path(8))).toEqual(leaf('string'));
  expect(shapeAt(argumentFields(nested(9)), path(9))).toEqual(opaque(tooDeep));
});

describe('the parameters of a tool', () => {
  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a truth value', true],
    ['a list', [{ type: 'object', properties: { a: text } }]],
    ['a text', text],
    ['an empty schema', {}],
    ['several forms', { ...{ type: 'object', properties: { a: text } }, allOf: [] }],
  ])('are none where its schema is %s', (_what, schema) => {
    expect(fieldsOf(schema)).toEqual({});
  });

  test('are required as the schema says, unless they may be null', () => {
    const properties = { a: text, b: text, c: { ...text, enum: ['x', null] }, d: { type: ['string', 'null'] } };
    expect(fieldsOf({ type: 'object', properties, required: ['a', 'c', 'd', 'none'] })).toEqual({
      ...{ a: leaf('string'), b: leaf('string', false), c: leaf('string', false), d: leaf('string', false) },
    });
    expect(fieldsOf({ type: 'object', properties: { a: text }, required: 'a' })).toEqual({ a: leaf('string', false) });
  });

  test('cannot be read by a name that policies cannot write', () => {
    const schema: unknown = JSON.parse(
      '{ "type": "object", "properties": { "__proto__": { "type": "string" }, "__extn": { "type": "string" } }, "required": ["__extn"] }',
    );
    expect([...argumentFields(schema)]).toEqual([
      ['__proto__', opaque('has a name that policies cannot write', false)],
      ['__extn', opaque('has a name that policies cannot write')],
    ]);
  });
});

describe('the parameter at a path', () => {
  const fields = argumentFields({
    type: 'object',
    properties: {
      name: text,
      customer: { type: 'object', properties: { id: text }, required: ['id'] },
      payee: { oneOf: [text, { type: 'object' }] },
    },
  });

  test.each<[string, readonly string[], unknown]>([
    ['is one of the tool', ['name'], leaf('string', false)],
    ['is an object', ['customer'], { ...record({}, false), fields: new Map([['id', leaf('string')]]) }],
    ['is a field of an object', ['customer', 'id'], leaf('string')],
    ['is what cannot be read on the way', ['payee', 'name'], opaque(ofSeveralForms, false)],
    ['is none where the tool has none', ['names'], undefined],
    ['is none where the object has none', ['customer', 'name'], undefined],
    ['is none below a text', ['name', 'id'], undefined],
    ['is none below none', ['names', 'id'], undefined],
    ['is none where there is no path', [], undefined],
  ])('%s', (_what, path, shape) => {
    expect(shapeAt(fields, path)).toEqual(shape);
  });
});
