import { describe, expect, it } from 'vitest';
import { aimOfPage, isAimComplete, needsArming } from './aim.js';
import { newId } from '../parts/new-id.js';

describe('what the panel aims at', () => {
  it.each([
    ['/agents/cs-prod', { scope: 'agent', target: 'cs-prod' }],
    ['/servers/support-desk', { scope: 'server', target: 'support-desk' }],
    ['/servers', { scope: 'server', target: '' }],
    ['/overview', { scope: 'agent', target: '' }],
  ])('is the narrowest scope that fits %s', (path, aim) => {
    expect(aimOfPage(path)).toEqual(aim);
  });

  it('is armed first only for an environment and for everything', () => {
    const armed = (
      ['everything', 'environment', 'tool_class', 'server', 'tool', 'agent', 'role', 'user', 'conversation'] as const
    ).filter((scope) => needsArming({ scope, target: 'x' }));
    expect(armed).toEqual(['everything', 'environment']);
  });

  it('is complete with a target, and without one only for everything', () => {
    expect(isAimComplete({ scope: 'agent', target: ' ' })).toBe(false);
    expect(isAimComplete({ scope: 'everything', target: '' })).toBe(true);
  });

  it('gets a fresh UUID for each press', () => {
    const ids = Array.from({ length: 100 }, newId);
    expect(new Set(ids).size).toBe(100);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
