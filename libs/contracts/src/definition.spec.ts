import { describe, expect, it } from 'vitest';
import { canonicalJson, definitionText } from './index.js';
import { definitionHash } from './signed/index.js';

const refund = {
  name: 'refund',
  description: 'Pays money back.',
  inputSchema: { type: 'object', properties: { amount: { type: 'number' } } },
};

describe('canonical JSON', () => {
  it('is one text for the same JSON, whatever the order of its properties', () => {
    expect(canonicalJson({ b: [1.0, { d: null, c: -0 }], a: 'é\u0000' })).toBe(
      '{"a":"é\\u0000","b":[1,{"c":0,"d":null}]}',
    );
    expect(canonicalJson(JSON.parse('{"__proto__":1,"a":2}'))).toBe('{"__proto__":1,"a":2}');
    expect(canonicalJson({ '\u{1F600}': 1, '\uFB33': 2 })).toBe('{"\u{1F600}":1,"\uFB33":2}');
  });

  it('refuses what is no JSON, what holds itself and what is nested without end', () => {
    const self: Record<string, unknown> = {};
    self['self'] = self;
    expect(() => canonicalJson(undefined)).toThrow(TypeError);
    expect(() => canonicalJson(self)).toThrow(TypeError);
    expect(() => canonicalJson(JSON.parse('['.repeat(129) + ']'.repeat(129)))).toThrow(RangeError);
    expect(canonicalJson(JSON.parse('['.repeat(128) + ']'.repeat(128)))).toHaveLength(256);
  });
});

describe('the hash of a definition', () => {
  it('is the same for the same definition, and only its own fields count', () => {
    const { inputSchema, ...rest } = refund;
    const same = { inputSchema, title: undefined, outputSchema: null, _meta: { a: 1 }, ...rest };
    expect(definitionHash(same)).toBe(definitionHash(refund));
    expect(definitionHash(refund)).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  it.each([
    ['its name', { name: 'Refund' }],
    ['its title', { title: 'Refund' }],
    ['its description', { description: 'Pays money back. ' }],
    ['an invisible character', { description: 'Pays money back.\u200B' }],
    ['a character that turns the direction', { description: 'Pays money \u202Eback.' }],
    ['a description that is empty instead of absent', { description: '' }],
    ['a parameter', { inputSchema: { type: 'object', properties: { amount: { type: 'string' } } } }],
    [
      'a parameter’s description',
      { inputSchema: { type: 'object', properties: { amount: { type: 'number', description: 'x' } } } },
    ],
    ['the schema of its result', { outputSchema: { type: 'object' } }],
    ['an annotation', { annotations: { readOnlyHint: true } }],
  ])('is another with %s', (_what, change) => {
    expect(definitionHash({ ...refund, ...change })).not.toBe(definitionHash(refund));
  });

  it('does not exist for what cannot be written down', () => {
    const inputSchema: unknown = JSON.parse('['.repeat(200) + ']'.repeat(200));
    expect(definitionHash({ name: 'deep', inputSchema })).toBeUndefined();
  });

  it('is taken over a text that a person can read', () => {
    expect(definitionText({ name: 'refund', description: 'Pays' })).toBe('{"description":"Pays","name":"refund"}');
  });
});
