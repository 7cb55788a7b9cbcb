import { describe, expect, test } from 'vitest';
import { loadEngines } from '../engines/index.js';
import { compilePolicy } from './compile-policy.js';

const engines = await loadEngines();
const places = [{ tools: ['desk/pay'], classes: [], server: null, environment: null }];
const authored = (text: string) => ({
  ...{ name: 'No pay', version: 1, text, environment: 'prod', places },
  parameters: [{ tool: 'desk/pay', path: ['to', 'name'], type: 'string' }],
});
const compiled = (text: string, given = engines) => compilePolicy('p', 7, authored(text), given);
const when = (condition: string) => `forbid (principal, action, resource) when { ${condition} };`;
const forbid = 'forbid (principal, action, resource);';
const hold = (group: string) => `@hold("${group}") ${forbid}`;

describe('a policy compiled for deciding', () => {
  test('carries what guards were told of it', () => {
    const base = { ...{ id: 'p', rule: 'policy:p', revision: 7, name: 'No pay' }, environment: 'prod', places };
    expect(compiled(forbid)).toMatchObject({ ...base, broken: undefined });
    expect(compiled(forbid)?.parameters).toEqual(new Map([['desk/pay', new Map([['["to","name"]', 'string']])]]));
  });

  test('asks what forbids and what holds apart, each only where there is some', () => {
    const groups = (text: string) => {
      const policy = compiled(text);
      return [policy?.forbids?.groups, policy?.holds?.groups];
    };
    expect(groups(forbid)).toEqual([[''], undefined]);
    expect(groups(hold('finance'))).toEqual([undefined, ['finance']]);
    expect(groups(`${hold('finance')} ${forbid} ${hold('legal')}`)).toEqual([[''], ['finance', 'legal']]);
    expect(groups('')).toEqual([undefined, undefined]);
  });

  test('reads for what forbids nothing that only what holds reads', () => {
    const policy = compiled(`${when('context.role == "x"')} @hold("finance") ${when('context has user')}`);
    expect(policy?.forbids?.reads.context).toEqual(new Set(['role']));
    expect(policy?.holds?.reads.context).toEqual(new Set(['user']));
  });

  test.each([
    ['no Cedar', 'forbid (', 'unexpected end of input'],
    ['a permit', 'permit (principal, action, resource);', 'a policy can only take away: it says permit'],
    [
      'a permit behind a rule',
      `${forbid} permit (principal, action, resource);`,
      'a policy can only take away: it says permit',
    ],
    ['an unknown annotation', `@holt("x") ${forbid}`, 'it carries @holt, which this guard does not know'],
    ['a hold without a group', `@hold ${forbid}`, '@hold names no group'],
    ['a hold for no group there can be', hold('Big Boss'), '@hold names no group'],
    [
      'a name that JavaScript keeps',
      when('context.arguments has "__proto__"'),
      'it reads a name no parameter can have',
    ],
    [
      'a name that Cedar keeps, below another',
      when('context.arguments has customer.__entity'),
      'it reads a name no parameter can have',
    ],
    [
      'a name that is kept, where it holds',
      `@hold("finance") ${when('context.arguments has a || context.arguments has "__expr"')}`,
      'it reads a name no parameter can have',
    ],
  ])('is broken by %s, and says so', (_what, text, detail) => {
    const policy = compiled(text);
    expect(policy?.broken).toEqual({ reason: 'policy_error', detail });
    expect(policy).toMatchObject({ ...{ id: 'p', name: 'p' }, environment: 'prod', places });
    expect([policy?.forbids, policy?.holds]).toEqual([undefined, undefined]);
  });

  test('is broken where the host has no engine for it', () => {
    expect(compiled(forbid, {})?.broken).toEqual({
      reason: 'policy_error',
      detail: 'this guard has no engine for Cedar',
    });
  });

  test('of a later form is broken where its places can be read, and nothing where they cannot', () => {
    const later = { ...authored(forbid), strength: 'high' };
    expect(compilePolicy('p', 7, later, engines)).toMatchObject({
      places,
      broken: { reason: 'guard_outdated', detail: 'a policy this guard cannot read' },
    });
    expect(compilePolicy('p', 7, { ...later, places: 'everywhere' }, engines)).toBeUndefined();
  });
});
