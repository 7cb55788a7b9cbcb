import { describe, expect, test } from 'vitest';
import { acceptedDefinition } from './accepted-definition.js';
import { noEngines } from './engines.js';
import { engines } from './random-world.fixture.js';

const schema = { type: 'object', properties: { amount: { type: 'number' } } };

describe('arguments are held against the accepted schema', () => {
  test('and what it has against them is said', () => {
    const { argumentsProblem, inputSchema } = acceptedDefinition(schema, engines);
    expect(inputSchema).toBe(schema);
    expect(argumentsProblem({ amount: 5 })).toBeUndefined();
    expect(argumentsProblem({ amount: 'five' })).toBe('amount must be number');
  });

  test('and have a problem where no engine can check them', () => {
    const { argumentsProblem } = acceptedDefinition(schema, noEngines);
    expect(argumentsProblem({ amount: 5 })).toBe('arguments cannot be checked here');
  });

  test('and have a problem where the schema cannot be used', () => {
    const { argumentsProblem } = acceptedDefinition({ type: 'sonnet' }, engines);
    for (const args of [{ amount: 5 }, {}])
      expect(argumentsProblem(args)).toMatch(/^arguments cannot be checked: the tool's schema cannot be used \(.+\)$/s);
  });

  test('and have a problem where checking them breaks off', () => {
    const breaking = () => {
      throw new Error('out of breath');
    };
    const { argumentsProblem } = acceptedDefinition(schema, { schema: { compile: () => breaking } });
    expect(argumentsProblem({ amount: 5 })).toBe('arguments cannot be checked');
  });
});
