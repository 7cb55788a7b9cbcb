import type { PolicyValueType } from '@portcullis/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cedarArguments, isReservedName, pathKey } from './cedar-arguments.js';
import { cedarValue, decimalText } from './cedar-value.js';

const decimal = (arg: string) => ({ __extn: { fn: 'decimal', arg } });

describe('a value for Cedar', () => {
  test.each<[unknown, PolicyValueType, unknown]>([
    [5, 'long', 5],
    [-0, 'long', 0],
    [2 ** 53 - 1, 'long', 2 ** 53 - 1],
    [2 ** 53, 'long', undefined],
    [5.5, 'long', undefined],
    ['5', 'long', undefined],
    [5, 'decimal', decimal('5.0')],
    [-0.25, 'decimal', decimal('-0.25')],
    [0.0001, 'decimal', decimal('0.0001')],
    [0.1 + 0.2, 'decimal', undefined],
    [0.00001, 'decimal', undefined],
    [1e-7, 'decimal', undefined],
    [1e21, 'decimal', undefined],
    [Number.NaN, 'decimal', undefined],
    [Infinity, 'decimal', undefined],
    [true, 'boolean', true],
    ['true', 'boolean', undefined],
    ['a', 'string', 'a'],
    ['a\ud800', 'string', undefined],
    [['a', 'b'], 'strings', ['a', 'b']],
    [['a', 1], 'strings', undefined],
    [[1, 2.5], 'decimals', [decimal('1.0'), decimal('2.5')]],
    [[], 'longs', []],
    ['a', 'strings', undefined],
    [{ a: 1 }, 'record', {}],
    [[1], 'record', undefined],
  ])('%j as %s', (value, type, cedar) => expect(cedarValue(value, type)).toEqual(cedar));

  test('a decimal says exactly the number it was made of', () => {
    fc.assert(
      fc.property(fc.double(), (value) => {
        const text = decimalText(value);
        if (text !== undefined) expect([Number(text), /^-?\d+\.\d{1,4}$/.test(text)]).toEqual([value + 0, true]);
      }),
    );
  });
});

describe('arguments for Cedar', () => {
  const types = new Map<string, PolicyValueType>([
    [pathKey(['amount']), 'decimal'],
    [pathKey(['customer']), 'record'],
    [pathKey(['customer', 'id']), 'string'],
  ]);
  const paths = [['customer'], ['customer', 'id'], ['amount'], ['later']];
  const read = (given: unknown) => cedarArguments(given, paths, types);

  test('hold what is read and nothing else, and null is absent', () => {
    expect(read({ amount: 1, customer: { id: 'C', other: {} }, __entity: 1 })).toEqual({
      value: { amount: decimal('1.0'), customer: { id: 'C' } },
    });
    expect(read({ amount: null, customer: { id: null } })).toEqual({ value: { customer: {} } });
    expect(read(undefined)).toEqual({ value: {} });
    expect(read(null)).toEqual({ value: {} });
    expect(read({ amount: undefined, customer: undefined })).toEqual({ value: {} });
    expect(read(JSON.parse('{ "__proto__": { "amount": 1 } }'))).toEqual({ value: {} });
  });

  test('are the same in whichever order their paths come', () => {
    const given = { amount: 1, customer: { id: 'C' } };
    expect(cedarArguments(given, paths.toReversed(), types)).toEqual(read(given));
    expect(cedarArguments({ customer: { id: null } }, paths.toReversed(), types)).toEqual({ value: { customer: {} } });
  });

  test('hold nothing that every object has', () => {
    const inherited = ['constructor', 'toString'].map((name) => [name]);
    const texts = new Map(inherited.map((path) => [pathKey(path), 'string'] as const));
    expect(cedarArguments({}, inherited, texts)).toEqual({ value: {} });
    expect(cedarArguments({ toString: 'x' }, inherited, texts)).toEqual({ value: { toString: 'x' } });
  });

  test.each([
    ['a list', [1], 'the arguments are no object'],
    ['a text', 'amount', 'the arguments are no object'],
    ['a text on the way', { customer: 'C' }, 'customer does not fit record'],
    ['a list for a field', { customer: { id: ['C'] } }, 'customer.id does not fit string'],
    ['a parameter of no known type', { later: 1 }, 'later is not what the policy was published for'],
    ['a number of too many places', { amount: 1.00001 }, 'amount does not fit decimal'],
  ])('%s does not fit', (_what, given, unfit) => expect(read(given)).toEqual({ unfit }));

  test('do not fit where a field is read of what has none', () => {
    expect(cedarArguments({ customer: 'C' }, [['customer', 'id']], types)).toEqual({
      unfit: 'customer.id is not what the policy was published for',
    });
  });
});

test.each([
  ['__proto__', true],
  ['__entity', true],
  ['__extn', true],
  ['__expr', true],
  ['amount', false],
  ['constructor', false],
  ['__proto', false],
])('whether %s can be no parameter of a policy: %s', (name, isReserved) => {
  expect(isReservedName(name)).toBe(isReserved);
});
