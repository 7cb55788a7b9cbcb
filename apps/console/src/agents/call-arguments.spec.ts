import { expect, it } from 'vitest';
import { argumentsIn } from './call-arguments.js';

it.each([
  ['', {}],
  [' {"amount": 240} ', { amount: 240 }],
  ['{"a": {"b": [1]}}', { a: { b: [1] } }],
])('reads %j as arguments', (text, value) => expect(argumentsIn(text)).toEqual({ value }));

it.each(['{', '[1]', '"text"', 'null', '12', '{amount: 1}'])('does not take %j for arguments', (text) =>
  expect(argumentsIn(text)).toBeNull(),
);
