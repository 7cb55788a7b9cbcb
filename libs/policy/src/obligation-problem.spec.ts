import type { Constraint, Obligation } from '@portcullis/contracts';
import { describe, expect, test } from 'vitest';
import { obligationProblem } from './index.js';

const broken = { kind: 'pattern', path: 'ticket', pattern: '(' } as const;
const sound = { kind: 'max', path: 'amount', value: 5 } as const;
const open = { message: expect.stringContaining('missing closing )') as string };

describe('what an engine has against an obligation', () => {
  test('is said of the first expression to redact that is none', () => {
    const redact = (...patterns: readonly string[]) => obligationProblem({ kind: 'redact', patterns: [...patterns] });
    expect(redact('[a-z]+', '(', ')')).toEqual({ ...open, path: ['patterns', 1] });
    expect(redact('[a-z]+', 'b')).toBeUndefined();
    expect(obligationProblem({ kind: 'redact', what: ['email'] })).toBeUndefined();
  });

  test('is said of the limit on items that is none, at its own field', () => {
    expect(obligationProblem({ kind: 'items', path: 'rows', where: [sound, broken] })).toEqual({
      ...open,
      path: ['where', 1, 'pattern'],
    });
    expect(obligationProblem({ kind: 'items', path: 'rows', where: [sound] })).toBeUndefined();
  });

  test('is said of the limit below which nobody is asked, and of one on its items', () => {
    const problem = (...unless: Constraint[]) => obligationProblem({ kind: 'approval', group: 'finance', unless });
    expect(problem(broken)).toEqual({ ...open, path: ['unless', 0, 'pattern'] });
    expect(problem(sound, { kind: 'items', path: 'lines', each: [sound, broken] })).toEqual({
      ...open,
      path: ['unless', 1, 'each', 1, 'pattern'],
    });
    expect(problem(sound)).toBeUndefined();
    expect(obligationProblem({ kind: 'approval', group: 'finance' })).toBeUndefined();
  });

  test('is nothing where none is asked', () => {
    const others: readonly Obligation[] = [
      { kind: 'fields', keep: ['a'] },
      { kind: 'size', maxBytes: 5 },
      { kind: 'label', trust: 'untrusted' },
      { kind: 'audit', level: 'full' },
      { kind: 'quota', per: 'agent', window: 'day', calls: 5 },
    ];
    expect(others.map(obligationProblem)).toEqual(others.map(() => undefined));
  });
});
