import { describe, expect, it } from 'vitest';
import { formatAgentScope, parseAgentScope } from './agent-scope.js';

describe('scope tokens', () => {
  it('P-F4 carry role, task and instance, each or none', () => {
    expect(parseAgentScope('')).toEqual({ role: undefined, task: undefined, instance: undefined });
    expect(parseAgentScope('task:execute role:support')).toEqual({
      role: 'support',
      task: 'execute',
      instance: undefined,
    });
    const whole = { role: 'support', task: 'lookup', instance: 'cs-prod-4729' } as const;
    expect(parseAgentScope(formatAgentScope(whole))).toEqual(whole);
  });

  it.each([
    'role',
    'role:',
    'role:Support',
    'role:a role:b',
    'task:delete',
    'user:ana',
    'openid',
    'role:a:b',
    'instance:a/b',
    `instance:${'x'.repeat(65)}`,
  ])('refuse %s', (text) => {
    expect(parseAgentScope(text)).toBeUndefined();
  });
});
