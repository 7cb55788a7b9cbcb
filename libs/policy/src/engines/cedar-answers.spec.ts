import { policyLimits } from '@portcullis/contracts';
import { describe, expect, test } from 'vitest';
import { request, when } from './asked-of-cedar.fixture.js';
import { loadDraftCedarEngine } from './cedar-engine.js';

const engine = loadDraftCedarEngine();
const complaint = (message: string, start: number | null, end: number | null, help: string | null = null) => ({
  ...{ message, help, start, end },
});
const complaints = (ask: () => unknown): unknown => {
  try {
    return ask();
  } catch (error) {
    return (error as { complaints?: unknown }).complaints;
  }
};
const tooLong = complaint('a policy is at most 20000 characters long', null, null);
const long = 'x'.repeat(policyLimits.text + 1);
const deep = when(`${'('.repeat(policyLimits.depth + 1)}true`);

describe('what a text says', () => {
  const anything = { principal: { op: 'All' }, action: { op: 'All' }, resource: { op: 'All' } };

  test('is told statement by statement, whole', () => {
    const whole =
      '@hold("g") @id("x") forbid (principal == Agent::"a", action in [Action::"x", Action::"y"], resource is Server) when { true } unless { false };';
    const open = 'permit (principal, action, resource);';
    expect(engine.parse(`// first\n${whole}\n\n${open}\n`)).toEqual([
      {
        ...{ text: whole, effect: 'forbid', annotations: { hold: 'g', id: 'x' } },
        principal: { op: '==', entity: { type: 'Agent', id: 'a' } },
        action: { op: 'in', entities: ['x', 'y'].map((id) => ({ type: 'Action', id })) },
        resource: { op: 'is', entity_type: 'Server' },
        conditions: [
          { kind: 'when', body: { Value: true } },
          { kind: 'unless', body: { Value: false } },
        ],
      },
      { text: open, effect: 'permit', annotations: {}, ...anything, conditions: [] },
    ]);
  });

  test('is nothing where there is none', () => {
    expect(engine.parse('')).toEqual([]);
    expect(engine.parse('// only words\n')).toEqual([]);
  });

  test.each<[string, string, unknown]>([
    ['ends too early', 'forbid (principal', complaint('unexpected end of input', 17, 17)],
    [
      'is a template',
      'forbid (principal == ?principal, action, resource);',
      complaint('templates cannot be used', null, null),
    ],
    ['stumbles', when('context.a == '), complaint('unexpected token `}`', 58, 59)],
    [
      'calls what is not there',
      when('foo(1)'),
      complaint('`foo` is not a valid function', 44, 50, 'did you mean `ip`?'),
    ],
    ['is too long', long, tooLong],
    ['is nested too deep', ` ${deep}`, complaint('brackets go at most 24 deep', 1, null)],
  ])('is refused where it %s, with where and why', (_what, text, wanted) => {
    expect(complaints(() => engine.parse(text))).toEqual([wanted]);
  });
});

describe('statements made ready', () => {
  test('say which hold, in order', () => {
    const roles = ['support', 'x', 'support', 'y', 'support'];
    const set = engine.prepare(roles.map((role) => when(`context.role == "${role}"`)));
    expect(set(request)).toEqual({ holds: [0, 2, 4] });
    expect(set({ ...request, context: { role: 'y' } })).toEqual({ holds: [3] });
    expect(engine.prepare(roles.toReversed().map((role) => when(`context.role == "${role}"`)))(request)).toEqual({
      holds: [0, 2, 4],
    });
  });

  test('beyond ten are told in the order of numbers', () => {
    const set = engine.prepare(Array.from({ length: 12 }, () => when('true')));
    expect(set(request)).toEqual({ holds: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] });
  });

  test('are asked about who, what and where', () => {
    const set = engine.prepare([
      'forbid (principal == Agent::"bot", action, resource);',
      'forbid (principal, action == Action::"desk/refund", resource);',
      'forbid (principal, action, resource == Server::"desk");',
    ]);
    expect(set(request)).toEqual({ holds: [0, 1, 2] });
    expect(set({ ...request, principal: { type: 'Agent', id: 'other' } })).toEqual({ holds: [1, 2] });
    expect(set({ ...request, action: { type: 'Action', id: 'other' } })).toEqual({ holds: [0, 2] });
    expect(set({ ...request, resource: { type: 'Server', id: 'other' } })).toEqual({ holds: [0, 1] });
  });

  test('that cannot be answered say all of why', () => {
    const set = engine.prepare([when('context.a == "x"'), when('context.b == "x"')]);
    const { failed = '' } = set(request) as { failed?: string };
    expect(failed.split('; ').toSorted()).toEqual([
      'record does not have the attribute `a`',
      'record does not have the attribute `b`',
    ]);
  });

  test.each<[string, object, string]>([
    [
      'a principal that is none',
      { principal: 7 },
      'failed to parse principal: in uid field of <unknown entity>, expected a literal entity reference, but got `7`',
    ],
    [
      'an entity that is none',
      { entities: [{ uid: 5 }] },
      'error during entity deserialization: missing field `attrs`',
    ],
    [
      'a decimal that is none',
      { context: { role: { __extn: { fn: 'decimal', arg: 'x' } } } },
      'error while evaluating `decimal` extension function: `x` is not a well-formed decimal value',
    ],
  ])('P-G1 fail over %s, and say why', (_what, more, failed) => {
    const set = engine.prepare(['permit (principal, action, resource);']);
    expect(set({ ...request, ...more })).toEqual({ failed });
    expect(set(request)).toEqual({ holds: [0] });
  });

  test('are refused with a complaint that names their place', () => {
    expect(complaints(() => engine.prepare([when('true'), 'forbid (principal']))).toEqual([
      complaint('failed to parse policy with id `1` from string: unexpected end of input', 17, 17),
    ]);
    expect(complaints(() => engine.prepare([when('true'), long]))).toEqual([tooLong]);
    expect(complaints(() => engine.prepare([deep]))).toEqual([complaint('brackets go at most 24 deep', 0, null)]);
  });

  test('are kept in a few places, one after the other: each is still asked as what it is', () => {
    const drafts = loadDraftCedarEngine(3);
    const sets = ['a', 'support', 'c', 'd', 'e', 'f', 'g'].map((role) =>
      drafts.prepare([when(`context.role == "${role}"`)]),
    );
    const asked = () => sets.map((set) => set(request));
    const wanted = [[], [0], [], [], [], [], []].map((holds) => ({ holds }));
    expect(asked()).toEqual(wanted);
    expect(sets.toReversed().map((set) => set(request))).toEqual(wanted.toReversed());
    expect(asked()).toEqual(wanted);
  });
});

describe('strict validation', () => {
  const attributes = { role: { type: 'String' } };
  const appliesTo = {
    ...{ principalTypes: ['Agent'], resourceTypes: ['Server'] },
    context: { type: 'Record', attributes },
  };
  const schema = { '': { entityTypes: { Agent: {}, Server: {} }, actions: { x: { appliesTo } } } };
  const impossible =
    'for policy `policy0`, policy is impossible: the policy expression evaluates to false for all valid requests';
  const nowhere = 'for policy `policy0`, unable to find an applicable action given the policy scope constraints';

  test.each<[string, string, readonly unknown[]]>([
    ['nothing of a good text', when('context.role == "x"'), []],
    [
      'an attribute that is not there',
      when('context.nope == "x"'),
      [
        complaint(
          'for policy `policy0`, attribute `nope` in context for Action::"x" not found',
          44,
          56,
          'did you mean `role`?',
        ),
      ],
    ],
    [
      'a kind that is not there',
      'forbid (principal == Agnt::"x", action, resource);',
      [
        complaint('for policy `policy0`, unrecognized entity type `Agnt`', 21, 25, 'did you mean `Agent`?'),
        complaint(nowhere, 0, 50),
      ],
    ],
    ['a warning', when('false'), [complaint(impossible, 0, 52)]],
    [
      'a warning beside errors, after them',
      'forbid (principal, action == Action::"y", resource);',
      [
        complaint('for policy `policy0`, unrecognized action `Action::"y"`', 29, 40, 'did you mean `Action::"x"`?'),
        complaint(nowhere, 0, 52),
        complaint(impossible, 0, 52),
      ],
    ],
    [
      'a text that looks like another',
      when('"say һello" == context.role'),
      [complaint('for policy `policy0`, string `"say һello"` contains mixed scripts', 44, 56)],
    ],
    [
      'types that do not go together',
      when('context.role == 1'),
      [
        complaint(
          'the types Long and String are not compatible',
          ...([44, 61] as const),
          'for policy `policy0`, both operands to a `==` expression must have compatible types. Types must be exactly equal to be compatible',
        ),
      ],
    ],
    [
      'no Cedar',
      'forbid (principal',
      [complaint('failed to parse policies from string: unexpected end of input', 17, 17)],
    ],
  ])('says %s', (_what, text, wanted) => {
    expect(engine.validate(text, schema)).toEqual(wanted);
  });

  test('says what is wrong with a schema, and refuses what is too large before it is read', () => {
    expect(engine.validate(when('true'), { nonsense: 1 })).toEqual([
      complaint(
        'failed to parse schema from JSON: invalid type: integer `1`, expected struct NamespaceDefinition',
        null,
        null,
      ),
    ]);
    expect(complaints(() => engine.validate(long, schema))).toEqual([tooLong]);
    expect(complaints(() => engine.validate(deep, schema))).toEqual([
      complaint('brackets go at most 24 deep', 0, null),
    ]);
  });
});
