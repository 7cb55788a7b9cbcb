import type { AccessTokenClaims, Constraint } from '@portcullis/contracts';
import { sha256Text } from '@portcullis/contracts/signed';
import { describe, expect, test } from 'vitest';
import { loadEngines } from '../engines/index.js';
import { compileConstraint } from './compile-constraint.js';
import { constraintProblem } from './constraint-problem.js';
import { linearMatcher } from './linear-matcher.js';

const records = {
  conversations: new Map([['v1', { attributes: { customerId: 'C-7' }, requested: new Set<string>() }]]),
  directories: new Map([['payees', { entries: new Set<string>() }]]),
  tools: new Map(),
};
const engines = { ...(await loadEngines()), hash: { sha256: sha256Text } };
const claims = { user: 'okta:ada', agent: 'cs-prod', conversation: 'v1' } as AccessTokenClaims;

function said(constraint: unknown, args: unknown): string | undefined {
  const check = compileConstraint(constraint, engines);
  if (!check) throw new Error(`void: ${JSON.stringify(constraint)}`);
  return check({ tool: 'refund', arguments: args, claims }, records);
}

const at = (path: string): readonly Constraint[] => [
  { kind: 'min', path, value: 0 },
  { kind: 'max', path, value: 10 },
  { kind: 'length', path, max: 10 },
  { kind: 'one-of', path, values: ['a', 1, true] },
  { kind: 'equal', path, value: 'a' },
  { kind: 'equal-claim', path, claim: 'user' },
  { kind: 'equal-claim', path, claim: 'conversation.customerId' },
  { kind: 'prefix', path, prefix: 'aa' },
  { kind: 'prefix', path, prefix: 'aa/' },
  { kind: 'glob', path, glob: '**' },
  { kind: 'pattern', path, pattern: '(a+)+$' },
  { kind: 'pattern', path, pattern: '(?s).*' },
  { kind: 'hosts', path, hosts: ['a.example'] },
  { kind: 'cidr', path, networks: ['0.0.0.0/0', '::/0'] },
  { kind: 'forbidden', path },
  { kind: 'sql', path, statements: ['select'], tables: ['public.a'] },
  { kind: 'provenance', path, as: 'text', request: true, directories: ['payees'] },
  { kind: 'provenance', path, as: 'url', request: true },
];
const single = at('a').map((constraint) => [`${constraint.kind} ${JSON.stringify(constraint)}`, constraint] as const);

function nested(depth: number): unknown {
  let value: unknown = 'a';
  for (let level = 0; level < depth; level += 1) value = { a: value };
  return value;
}

describe('bad arguments', () => {
  test.each(single)('are refused in words by %s', (_name, constraint) => {
    const throwing = Object.defineProperty({}, 'a', {
      enumerable: true,
      get: () => {
        throw new Error('no');
      },
    });
    const revoked = Proxy.revocable({ a: 'a' }, {});
    revoked.revoke();
    const worthless: readonly unknown[] = [
      ...[
        null,
        undefined,
        Number.NaN,
        Infinity,
        Symbol('a'),
        () => 'a',
        new Map([['a', 'a']]),
        nested(10_000),
        [],
        ['a'],
      ],
      JSON.parse('1e400'),
      JSON.parse('{"__proto__":"a"}'),
    ];
    for (const a of worthless) expect(said(constraint, { a })).toMatch(/^a /);
    const isForbidden = constraint.kind === 'forbidden';
    for (const args of [undefined, null, 'a', 7, [], JSON.parse('{"__proto__":{"a":"a"}}'), throwing, revoked.proxy])
      expect(said(constraint, args)).toBe(isForbidden ? undefined : 'a is missing');
  });

  test('of ten megabytes are refused unread by what reads text', () => {
    const a = 'a'.repeat(10_000_000);
    const answers = Object.fromEntries(single.map(([, constraint]) => [constraint.kind, said(constraint, { a })]));
    expect(answers).toMatchObject({
      length: 'a has more than 10 characters',
      glob: 'a is longer than the 4096 characters the glob reads',
      pattern: 'a is longer than the 4096 characters the pattern reads',
      hosts: 'a is neither an URL nor a host written plainly',
      cidr: 'a is not an IP address written plainly',
      sql: 'a is longer than the 10000 characters of SQL that are read',
    });
    expect(said({ kind: 'prefix', path: 'a', prefix: 'aa/' }, { a: `aa/${a}` })).toBe(
      'a is longer than the 4096 characters of a path',
    );
  });

  test('of more than a thousand items are refused before the first is read', () => {
    const million = Array.from({ length: 1_000_000 }, () => 1);
    const thousand = million.slice(0, 1000);
    const limit = { kind: 'max', path: 'a.*', value: 5 };
    expect(said(limit, { a: million })).toBe('a has more items than are read, 1000 in all');
    expect(said(limit, { a: thousand })).toBeUndefined();
    const twice = { kind: 'max', path: 'a.*.*', value: 5 };
    expect(said(twice, { a: thousand.map(() => thousand) })).toMatch(/^a\.0 has more items than are read/);
  });

  test('of many long items cost no more than one bounded text', () => {
    const { mostText } = linearMatcher('.{0,400}');
    const a = Array.from({ length: 10 }, () => 'x'.repeat(200));
    expect(mostText).toBeLessThan(2000);
    expect(said({ kind: 'pattern', path: 'a.*', pattern: '.{0,400}' }, { a: a.slice(0, 4) })).toBeUndefined();
    expect(said({ kind: 'pattern', path: 'a.*', pattern: '.{0,400}' }, { a })).toBe('a.4 is more text than is read');
  });

  test('with a list that cannot be read are refused', () => {
    const a = new Proxy([1], {
      get: (list, name) => {
        if (name === '0') throw new Error('no');
        return Reflect.get(list, name) as unknown;
      },
    });
    expect(said({ kind: 'max', path: 'a.*', value: 5 }, { a })).toBe('a.* cannot be read');
  });
});

describe('regular expressions', () => {
  const bombs = ['(a+)+$', '(a|aa)+$', '(a*)*b', '(.*)(.*)(.*)(.*)=', '((a?){4}){5}', '(a|a?)+$', '(\\pL{1,300})*'];

  test.each(bombs)('%s reads no more text than weight allows: linear work of at most 100,000 steps', (bomb) => {
    const { longest, matches } = linearMatcher(bomb);
    expect(longest * bomb.length).toBeLessThanOrEqual(100_000);
    expect(typeof matches(`${'a'.repeat(longest - 1)}!`)).toBe('boolean');
    expect(said({ kind: 'pattern', path: 'a', pattern: bomb }, { a: 'a'.repeat(100_000) })).toMatch(/is longer than/);
  });

  test.each([
    ['((a{1,30}){1,30}){1,30}', /repeats too much/],
    ['a{1,999}b{1,999}', /repeats too much/],
    ['(', /missing/],
    ['(a)\\1', /escape/],
    ['(?=a)', /Perl|lookahead|invalid/i],
    ['a{2000}', /repeats too much|repeat/],
    ['[z-a]', /range/],
  ])('%s is refused with what is wrong', (pattern, message) => {
    const problem = constraintProblem({ kind: 'pattern', path: 'a', pattern });
    expect(problem?.path).toEqual(['pattern']);
    expect(problem?.message).toMatch(message);
    expect(compileConstraint({ kind: 'pattern', path: 'a', pattern })).toBeUndefined();
  });

  test('of an item are named by their place', () => {
    const each = [
      { kind: 'forbidden', path: 'x' },
      { kind: 'pattern', path: '.', pattern: '(' },
    ] as const;
    expect(constraintProblem({ kind: 'items', path: 'a', each: [...each] })?.path).toEqual(['each', 1, 'pattern']);
    expect(constraintProblem({ kind: 'items', path: 'a', each: [each[0]] })).toBeUndefined();
  });
});

describe('hosts', () => {
  const hosts = { kind: 'hosts', path: 'a', hosts: ['api.example.com', '*.example.org', '127.0.0.1'] };

  test.each([
    ...['https://api.example.com', 'https://API.example.com:443/x', 'https://a.example.org?x=@', 'api.example.com:443'],
    ...['https://127.0.0.1/', 'https://api.example.com/%2e%2e/x', 'https://xn--bcher-kva.example.org/'],
  ])('%s is listed', (a) => expect(said(hosts, { a })).toBeUndefined());

  test.each([
    ...[
      'https://api.example.com.evil.net/',
      'https://api.example.com:pass@evil.net/',
      'https://evil.net#@api.example.com',
    ],
    ...[
      'https://evil.net?@api.example.com',
      'https://evil.net\\.example.org',
      '//api.example.com/',
      'https:/api.example.com/',
    ],
    ...[
      'https:api.example.com',
      ' https://api.example.com/',
      'https://api.example.com\t/',
      'https://api.exa\nmple.com/',
    ],
    ...['https://api.example.com%00.evil.net/', 'https://0x7f.0.0.1/', 'https://0177.0.0.1/', 'https://127.1/'],
    ...[
      'https://１２７.０.０.１/',
      'https://[::ffff:127.0.0.1]/',
      'https://[::1]/',
      'https://.example.org/',
      'https://x..example.org/',
    ],
    ...['ftp://api.example.com/', 'http://api.example.com/', 'file://api.example.com/', 'data:text/html,x', 'https://'],
    ...[
      'https://api.example.com:99999/',
      'https://api.example.com:8443/',
      'https://a\u00ad.example.com/',
      '*.example.org',
      '',
    ],
    ...[
      'https://api。example。net/',
      'https://example.org/',
      'https://xn--/',
      'https://api.example.com:443:443/',
      'api.example.com/',
    ],
  ])('%j is refused', (a) => expect(said(hosts, { a })).toMatch(/^a (names|is)/));
});

describe('addresses', () => {
  const every = { kind: 'cidr', path: 'a', networks: ['0.0.0.0/0', '::/0'] };

  test.each(['1.2.3.4', '::', '::1', '::ffff:1.2.3.4', '::1.2.3.4', '2001:DB8::a', '0.0.0.0', '255.255.255.255'])(
    '%s is one',
    (a) => expect(said(every, { a })).toBeUndefined(),
  );

  test.each([
    ...[
      '1.2.3',
      '1.2.3.4.5',
      '01.2.3.4',
      '1.2.3.256',
      '0x1.2.3.4',
      '1.2.3.4/8',
      '1.2.3.4 ',
      ' 1.2.3.4',
      '1.2.3.4:80',
      '16909060',
    ],
    ...[
      '::ffff:01.2.3.4',
      '::ffff:0x1.2.3.4',
      '[::1]',
      '::1%lo',
      '::1::',
      ':::',
      'g::',
      '1:2:3:4:5:6:7',
      '1:2:3:4:5:6:7:8:9',
      '１.2.3.4',
    ],
    ...['', 'localhost', '12345::', '1.2.3.-4', '+1.2.3.4'],
  ])('%j is none', (a) => expect(said(every, { a })).toBe('a is not an IP address written plainly'));
});
