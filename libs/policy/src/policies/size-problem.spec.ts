import { policyLimits } from '@portcullis/contracts';
import { describe, expect, test } from 'vitest';
import { sizeProblem } from './size-problem.js';

const { text: length, statements, depth, operators } = policyLimits;
const one = 'forbid (principal, action, resource);';
const when = (condition: string) => `@hold("g") forbid (principal, action, resource) when { ${condition} };`;
const nested = (levels: number) => when(`${'('.repeat(levels - 1)}true${')'.repeat(levels - 1)}`);
const sum = (signs: number) => when(`1${' + 1'.repeat(signs)} == 1`);

describe('the size of a text', () => {
  test.each([
    ['as long', one.padEnd(length)],
    ['of as many statements', one.repeat(statements)],
    ['nested as deep', nested(depth)],
    ['of as many operators in a statement', sum(operators).repeat(2)],
  ])('is no problem when it is %s as it may be', (_what, text) => expect(sizeProblem(text)).toBeUndefined());

  test.each([
    ['too long', one.padEnd(length + 1), 'a policy is at most 20000 characters long', undefined],
    [
      'of too many statements',
      `${one.repeat(statements)} ${one} ${one}`,
      'a policy has at most 50 statements',
      { text: 'forbid', start: statements * one.length + 1 },
    ],
    [
      'nested too deep',
      `${one} ${nested(depth + 1)}`,
      'brackets go at most 24 deep',
      { text: '@', start: one.length + 1 },
    ],
    [
      'of too many operators in a statement',
      `${one} ${sum(operators + 1)}`,
      'a statement has at most 150 operators (., [, +, -, *, &&, ||, !, if): write two',
      { text: '@', start: one.length + 1 },
    ],
  ])('is a problem when it is %s, with where it begins', (_what, text, message, at) => {
    const problem = sizeProblem(text);
    expect(problem?.message).toBe(message);
    expect(problem?.at && { text: problem.at.text, start: problem.at.start }).toEqual(at);
  });
});
