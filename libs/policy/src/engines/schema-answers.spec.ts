import { describe, expect, test } from 'vitest';
import { schemaEngine } from './schema-engine.js';

const said = (schema: unknown, value: unknown) => schemaEngine().compile(schema)(value);
const text = { type: 'string' };
const of = (name: string, schema: unknown) => ({ properties: { [name]: schema } });

describe('what is wrong with a value, in words', () => {
  test.each<[unknown, unknown, string | undefined]>([
    [of('a', text), { a: 5 }, 'a must be string'],
    [text, 5, 'arguments must be string'],
    [{ type: ['string', 'null'] }, 5, 'arguments must be string,null'],
    [of('a/b', of('c~d', text)), { 'a/b': { 'c~d': 1 } }, 'a/b.c~d must be string'],
    [of('a~1b', text), { 'a~1b': 1 }, 'a~1b must be string'],
    [of('a//b~~c', text), { 'a//b~~c': 1 }, 'a//b~~c must be string'],
    [{ required: ['a/b'] }, {}, 'a/b is missing'],
    [of('o', { required: ['a'] }), { o: {} }, 'o.a is missing'],
    [of('l', { items: { required: ['x'] } }), { l: [{}] }, 'l.0.x is missing'],
    [{ anyOf: [text, { type: 'number' }] }, {}, 'arguments must match a schema in anyOf'],
    [of('a', { oneOf: [text, { minLength: 2 }] }), { a: 'xxx' }, 'a must match exactly one schema in oneOf'],
    [of('a', { enum: ['x', 'y'] }), { a: 'z' }, 'a must be equal to one of the allowed values'],
    [{ additionalProperties: false }, { z: 1 }, "z is not in the tool's schema"],
    [of('o', { additionalProperties: false }), { o: { z: 1 } }, "o.z is not in the tool's schema"],
    [of('o', { unevaluatedProperties: false }), { o: { z: 1 } }, "o.z is not in the tool's schema"],
    [of('a', {}), { b: 1 }, "b is not in the tool's schema"],
    [{ minProperties: 1 }, {}, 'arguments must NOT have fewer than 1 properties'],
    [false, 1, 'arguments boolean schema is false'],
    [true, { a: 1 }, undefined],
    [null, { a: 1 }, undefined],
    [undefined, { a: 1 }, undefined],
    [{ items: { $ref: '#' } }, [[[]]], undefined],
    [{}, Array.from({ length: 20_000 }, () => 1), 'arguments holds more than 20000 values'],
    [{ $ref: '#' }, {}, 'arguments take too long to check'],
  ])('by %j of %j: %s', (schema, value, wrong) => {
    expect(said(schema, value)).toBe(wrong);
  });
});

describe('a schema that cannot be used says why', () => {
  test.each<[unknown, string]>([
    [{ type: 'banana' }, 'type must be JSONType or JSONType[]: banana'],
    [{ $ref: '#/$defs/no' }, "can't resolve reference #/$defs/no from id #"],
    [{ $ref: 'https://else.example/x' }, "can't resolve reference https://else.example/x from id #"],
    ['object', 'schema must be object or boolean'],
    [5, 'schema must be object or boolean'],
    [{ $schema: 'x' }, 'its $schema is none of 2020-12 and draft-07'],
    [{ pattern: '(?=a)' }, 'error parsing regexp: invalid or unsupported Perl syntax: `(?=`'],
    [{ anyOf: Array.from({ length: 2000 }, () => true) }, 'it has more than 2000 parts'],
  ])('%j', (schema, message) => {
    expect(() => schemaEngine().compile(schema)).toThrow(expect.objectContaining({ message }));
  });

  test('when it is longer than 48,000 characters, and can be used when it is not', () => {
    const of48000 = { $comment: 'x'.repeat(48_000 - '{"$comment":""}'.length) };
    expect(said(of48000, 1)).toBeUndefined();
    expect(() => schemaEngine().compile({ $comment: `${of48000.$comment}x` })).toThrow(
      new Error('it is longer than 48000 characters'),
    );
  });
});

describe('a check', () => {
  const numbered = (index: number) => ({ type: 'object', title: String(index) });

  test('is kept, whatever the order of the text, until 200 others were asked for since', () => {
    const engine = schemaEngine();
    const [first, second, third] = [0, 1, 2].map((index) => engine.compile(numbered(index)));
    expect(engine.compile({ title: '0', type: 'object' })).toBe(first);
    for (let index = 3; index < 200; index += 1) engine.compile(numbered(index));
    expect(engine.compile(numbered(0))).toBe(first);
    engine.compile(numbered(200));
    expect(engine.compile(numbered(0))).toBe(first);
    expect(engine.compile(numbered(2))).toBe(third);
    expect(engine.compile(numbered(1))).not.toBe(second);
  });

  test('that was refused is refused with the same words and the same error again', () => {
    const engine = schemaEngine();
    const errors = [1, 2].map(() => {
      try {
        return engine.compile({ type: 'banana' });
      } catch (error) {
        return error;
      }
    });
    expect(errors[0]).toBeInstanceOf(Error);
    expect(errors[1]).toBe(errors[0]);
  });

  test('asks 50,000 schemas at most, each time anew', () => {
    const times = (parts: number) => ({ type: 'array', items: { allOf: Array.from({ length: parts }, () => text) } });
    const check = schemaEngine().compile(times(9));
    const words = (length: number) => Array.from({ length }, () => 'x');
    expect(check(words(4_999))).toBeUndefined();
    expect(check(words(4_999))).toBeUndefined();
    expect(check(words(5_000))).toBe('arguments take too long to check');
    expect(check(words(1))).toBeUndefined();
    expect(check([1])).toBe('0 must be string');
  });
});
