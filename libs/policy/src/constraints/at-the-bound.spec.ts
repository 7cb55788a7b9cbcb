import { describe, expect, it, test } from 'vitest';
import { asksRecord } from './asks-record.js';
import { compileConstraint } from './compile-constraint.js';
import { constraintProblem } from './constraint-problem.js';
import type { ConstrainedCall, Records } from './constraint-check.js';
import { compileOwnSchema } from './own-schema.js';

const nothing: Records = { conversations: new Map(), directories: new Map(), tools: new Map() };
const hash = { sha256: (text: string) => text };

/** What a constraint at `x` says of a call with these arguments. */
function saidOf(constraint: object, given: unknown, claims: object = { agent: 'ant' }): string | undefined {
  const check = compileConstraint({ path: 'x', ...constraint }, { hash });
  if (!check) throw new Error('the constraint is void');
  return check({ tool: 'pay', arguments: given, claims } as unknown as ConstrainedCall, nothing);
}
const said = (constraint: object, x: unknown) => saidOf(constraint, { x });
const within = (...networks: readonly string[]) => ({ kind: 'cidr', networks });
const a = (count: number) => 'a'.repeat(count);

describe('what is just within its bound is read, and what is just past it is not', () => {
  const longestAddress = '0000:0000:0000:0000:0000:ffff:255.255.255.255';
  const matching = (pattern: string) => ({ kind: 'pattern', pattern });
  test.each<[string, object, unknown, string | undefined]>([
    ['the longest address there is', within('255.255.255.255/32'), longestAddress, undefined],
    ['a path of 4096 characters', { kind: 'prefix', prefix: 'a/' }, `a/${a(4094)}`, undefined],
    [
      'a path of 4097',
      { kind: 'prefix', prefix: 'a/' },
      `a/${a(4095)}`,
      'x is longer than the 4096 characters of a path',
    ],
    ['a text of 4096 for a glob', { kind: 'glob', glob: '*' }, a(4096), undefined],
    [
      'a text of 4097 for a glob',
      { kind: 'glob', glob: '*' },
      a(4097),
      'x is longer than the 4096 characters the glob reads',
    ],
    ['a text of 4096 for a pattern', matching('a*'), a(4096), undefined],
    ['a text of 4097 for a pattern', matching('a*'), a(4097), 'x is longer than the 4096 characters the pattern reads'],
    ['the last character of the plane', { kind: 'length', min: 2, max: 2 }, '\uffff\uffff', undefined],
    ['one beyond it, which takes two units', { kind: 'length', min: 1, max: 1 }, '\u{10000}', undefined],
    ['one character too many', { kind: 'length', max: 1 }, 'ab', 'x has more than 1 character'],
  ])('%s', (_what, constraint, value, wanted) => {
    expect(said(constraint, value)).toBe(wanted);
  });

  it('counts a repetition by its number, with and without a second', () => {
    const problem = (pattern: string) => constraintProblem({ kind: 'pattern', path: 'x', pattern })?.message ?? '';
    expect(problem(a(499))).toBe('');
    expect(problem(a(500))).toContain('it weighs 501, more than 500');
    expect(problem('a{600}')).toContain('it weighs 607');
    expect(problem('a{2,600}')).toContain('it weighs 609');
    expect(problem('(?:ab){90}')).toContain('it weighs 990');
  });

  it('reads as much text in all the values of a call, and no more', () => {
    // Weighs 99, so one text may have 1010 characters and all of them 4040.
    const constraint = { kind: 'pattern', path: 'x.*', pattern: `a*${'b?'.repeat(48)}` };
    const four = Array.from({ length: 4 }, () => a(1010));
    expect(saidOf(constraint, { x: four })).toBe(undefined);
    expect(saidOf(constraint, { x: [...four, 'a'] })).toBe('x.4 is more text than is read');
  });
});

describe('an address', () => {
  test.each<[string, readonly string[], string, string | undefined]>([
    [
      'an octal number at the end of an IPv6 address',
      ['10.0.0.0/8'],
      '::ffff:10.0.0.010',
      'is not an IP address written plainly',
    ],
    ['a range of every mapped address', ['::ffff:0:0/96'], '10.1.1.1', undefined],
    ['a range that is wider than that', ['::ffff:0:0/90'], '::ffc1:0:1', undefined],
    ['a range that is wider, asked about IPv4', ['::ffff:0:0/90'], '10.1.1.1', 'is not within "::ffff:0:0/90"'],
    [
      'five networks',
      ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4', '10.0.0.5'],
      '10.0.0.6',
      'is not within "10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5"',
    ],
    [
      'six networks',
      ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4', '10.0.0.5', '10.0.0.7'],
      '10.0.0.6',
      'is not within "10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5" and 1 more',
    ],
  ])('%s', (_what, networks, value, wanted) => {
    expect(said(within(...networks), value)).toBe(wanted && `x ${wanted}`);
  });
});

describe('what is said of a value', () => {
  test.each<[object, unknown, string | undefined]>([
    [{ kind: 'glob', glob: '**/a' }, 'a', undefined],
    [{ kind: 'glob', glob: '**/a' }, 'b/a', undefined],
    [{ kind: 'glob', glob: 'b/**/a' }, 'b/a', undefined],
    [{ kind: 'prefix', prefix: 'in/' }, 'out/', 'x does not begin with "in/"'],
    [
      { kind: 'prefix', prefix: 'in/' },
      'in/../out',
      'x holds . or .. between slashes, an empty segment, a backslash, an encoded slash or a control character',
    ],
    [{ kind: 'hosts', hosts: ['a.example'] }, 'http://a.example/', 'x is not by https'],
    [
      { kind: 'hosts', hosts: ['a.example'], schemes: ['https', 'wss'] },
      'http://a.example/',
      'x is not by https or wss',
    ],
    [{ kind: 'hosts', hosts: ['*.a.example'] }, 'https://a.example/', 'x names a host that is not among "*.a.example"'],
    [{ kind: 'hosts', hosts: ['*.a.example'] }, 'https://b.a.example/', undefined],
    [
      { kind: 'provenance', as: 'email', directories: ['staff', 'friends'] },
      'ada@example.com',
      'x stands in none of staff, friends',
    ],
    [
      { kind: 'provenance', as: 'email', request: true },
      'ada@example.com',
      'x has no record that says where it comes from',
    ],
    [{ kind: 'provenance', as: 'email', request: true }, 'ada', 'x is no e-mail address written plainly'],
  ])('%j %j', (constraint, value, wanted) => {
    expect(said(constraint, value)).toBe(wanted);
  });

  it('does not take the length of a list for a parameter', () => {
    expect(saidOf({ kind: 'max', path: 'x.length', value: 9 }, { x: [1, 2] })).toBe('x.length is missing');
    expect(saidOf({ kind: 'max', path: 'x.1', value: 9 }, { x: [1, 2] })).toBe(undefined);
  });
});

describe('a constraint that asks for a record', () => {
  const asking = { kind: 'provenance', path: 'x', as: 'email', request: true };

  it('is held where the record is still to come, and kept apart from the same one that is not', () => {
    const answers = (['held', 'wrong', 'held'] as const).map((unrecorded) => {
      const check = compileConstraint(asking, { hash }, unrecorded);
      const call = { tool: 'pay', arguments: { x: 'ada@example.com' }, claims: { conversation: 'gone' } };
      return check?.(call as unknown as ConstrainedCall, nothing);
    });
    expect(answers).toEqual([undefined, 'x has no record that says where it comes from', undefined]);
  });

  test.each<[object, boolean]>([
    [asking, true],
    [{ ...asking, request: false }, false],
    [{ kind: 'provenance', path: 'x', as: 'email', directories: ['staff'] }, false],
    [{ kind: 'pattern', path: 'x', request: true }, false],
    [{ kind: 'items', path: 'x', each: [{ kind: 'max' }, asking] }, true],
    [{ kind: 'items', path: 'x', each: [{ kind: 'max' }] }, false],
    [{ kind: 'items', path: 'x' }, false],
    [{ kind: 'other', path: 'x', each: [asking] }, false],
  ])('%j: %s', (constraint, wanted) => {
    expect(asksRecord(constraint)).toBe(wanted);
  });
});

describe('the schema of the tool', () => {
  const call = (definition?: string) =>
    ({ tool: 'pay', definition, arguments: { x: 1 }, claims: {} }) as unknown as ConstrainedCall;
  const argumentsProblem = () => 'arguments.x is no text';
  const tools = new Map([
    ['pay', { definitions: new Map([['d1', { argumentsProblem }]]) }],
  ]) as unknown as Records['tools'];

  it('is the one that was accepted of what the server says, or there is none to go by', () => {
    const check = compileOwnSchema({ schema: { compile: () => () => undefined } });
    expect(check(call('d1'), { ...nothing, tools })).toBe('arguments.x is no text');
    for (const [definition, records] of [
      [undefined, { ...nothing, tools }],
      ['d2', { ...nothing, tools }],
      ['d1', nothing],
    ] as const)
      expect(check(call(definition), records)).toBe('arguments have no accepted schema to go by');
  });

  it('cannot be gone by where the host checks none', () => {
    expect(() => compileOwnSchema({})).toThrow('this host checks no schemas');
    expect(compileConstraint({ kind: 'schema' }, {})).toBe(undefined);
  });
});

describe('a constraint', () => {
  it('that cannot be written as JSON is void', () => {
    const circle: Record<string, unknown> = { kind: 'max', path: 'x', value: 1 };
    circle['self'] = circle;
    expect(compileConstraint(circle)).toBe(undefined);
    expect(compileConstraint(undefined)).toBe(undefined);
  });

  it('has no problem of its own where its engine reads only calls', () => {
    expect(constraintProblem({ kind: 'schema' })).toBe(undefined);
    const sql = { kind: 'sql', path: 'x', statements: ['select'], tables: [{ name: 'a.b' }] };
    expect(constraintProblem(sql as unknown as Parameters<typeof constraintProblem>[0])).toBe(undefined);
    expect(constraintProblem({ kind: 'items', path: 'x', max: 3 })).toBe(undefined);
  });

  it('says which of the rules for items is wrong', () => {
    const each = [
      { kind: 'max', path: 'a', value: 1 },
      { kind: 'glob', path: 'b', glob: a(600) },
    ] as const;
    expect(constraintProblem({ kind: 'items', path: 'x', each: [...each] })?.path).toEqual(['each', 1, 'glob']);
  });
});
