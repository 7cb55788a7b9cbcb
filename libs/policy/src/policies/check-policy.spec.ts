import type { PolicyTest } from '@portcullis/contracts';
import { describe, expect, test } from 'vitest';
import { loadDraftEngine } from '../engines/index.js';
import type { CedarEngine } from '../engines.js';
import { cataloguedTool } from './catalogued-tool.fixture.js';
import type { CedarComplaint } from './cedar-json.js';
import { checkPolicy } from './check-policy.js';
import type { PolicyCatalogue } from './policy-catalogue.js';
import type { PolicyProblem } from './policy-problem.js';
import { tryPolicy } from './try-policy.js';

const engine = await loadDraftEngine();
const refundSchema = {
  type: 'object',
  required: ['amount', 'ticket'],
  properties: {
    amount: { type: 'number' },
    ticket: { $ref: '#/$defs/Ticket' },
    count: { type: ['integer', 'null'] },
    tags: { type: 'array', items: { enum: ['vip', 'new'] } },
    customer: {
      type: 'object',
      properties: { id: { type: 'string' }, notes: { type: 'array', items: { type: 'object' } } },
    },
    payee: { oneOf: [{ type: 'string' }, { type: 'object' }] },
    'strange name': { type: 'string' },
    __proto: { type: 'string' },
  },
  $defs: { Ticket: { type: 'string' } },
};
const catalogue: PolicyCatalogue = {
  agents: ['cs-prod', 'research'],
  servers: ['desk', 'lab'],
  environments: ['prod', 'staging'],
  tools: [
    cataloguedTool('desk/refund', 'prod', ['payments'], refundSchema),
    cataloguedTool('desk/look', 'prod', ['read'], { type: 'object', properties: { id: { type: 'string' } } }),
    cataloguedTool('desk/silent', 'prod', ['destructive', 'payments']),
    cataloguedTool('lab/refund', 'staging', ['payments'], refundSchema),
  ],
};
const check = (text: string, environment: string | null = 'prod') => checkPolicy(text, environment, catalogue, engine);
const saying = (
  [line, column, endLine, endColumn]: readonly [number, number, number, number],
  message: string,
  suggestion: string | null = null,
): PolicyProblem => ({ line, column, endLine, endColumn, message, suggestion });
const refund = (condition: string) =>
  `forbid (principal, action == Action::"desk/refund", resource)\nwhen { ${condition} };`;

describe('checking a policy', () => {
  test('gives the places where it is asked and the types of what it reads', () => {
    const { problems, told } = check(
      `forbid (principal, action in [Action::"class:payments", Action::"desk/look"], resource in Environment::"prod")
       when { context.arguments has amount && context.arguments.amount.greaterThan(decimal("5.0")) };
       @hold("finance") forbid (principal, action == Action::"desk/refund", resource)
       when { context.arguments has customer.id && context.arguments.tags.contains("vip") && context has conversation.tier };`,
    );
    expect(problems.map(({ message }) => message)).toEqual([
      'unable to guarantee safety of access to optional attribute `arguments.tags` in context for Action::"desk/refund"',
    ]);
    expect(told).toBeUndefined();
    const clean = check(
      `forbid (principal, action in [Action::"class:payments", Action::"desk/look"], resource in Environment::"prod")
       when { context.arguments has amount && context.arguments.amount.greaterThan(decimal("5.0")) };
       @hold("finance") forbid (principal, action == Action::"desk/refund", resource)
       when { context.arguments has customer.id && context.arguments["strange name"] == "x" || context.arguments has count };`.replace(
        'context.arguments["strange name"] == "x"',
        'context.arguments has "strange name"',
      ),
    );
    expect(clean.problems).toEqual([]);
    expect(clean.told).toEqual({
      places: [
        { tools: ['desk/look'], classes: ['payments'], server: null, environment: 'prod' },
        { tools: ['desk/refund'], classes: [], server: null, environment: null },
      ],
      parameters: [
        { tool: 'desk/refund', path: ['amount'], type: 'decimal' },
        { tool: 'desk/refund', path: ['customer', 'id'], type: 'string' },
        { tool: 'desk/refund', path: ['strange name'], type: 'string' },
        { tool: 'desk/refund', path: ['count'], type: 'long' },
      ],
    });
  });

  test.each<[string, string, readonly [number, number], RegExp, string | null]>([
    [
      'a misspelt parameter',
      refund('context.arguments.amont.lessThan(decimal("1.0"))'),
      [2, 26],
      /desk\/refund has no parameter amont/,
      'amount',
    ],
    [
      'a misspelt parameter that is only asked for',
      refund('context.arguments has tgas'),
      [2, 30],
      /no parameter tgas/,
      'tags',
    ],
    ['a misspelt field', refund('context.arguments has customer.idd'), [2, 39], /no parameter customer.idd/, 'id'],
    [
      'a misspelt tool',
      'forbid (principal, action == Action::"desk/refnd", resource);',
      [1, 38],
      /there is no tool desk\/refnd/,
      'desk/refund',
    ],
    [
      'a misspelt class',
      'forbid (principal, action in Action::"class:payment", resource);',
      [1, 38],
      /class payment/,
      'class:payments',
    ],
    [
      'a misspelt agent',
      'forbid (principal == Agent::"cs-prd", action, resource);',
      [1, 29],
      /no agent cs-prd/,
      'cs-prod',
    ],
    [
      'a misspelt environment, behind a comment with more than ASCII',
      '// 😀 é\nforbid (principal, action, resource in Environment::"prd");',
      [2, 53],
      /no environment prd/,
      'prod',
    ],
    [
      'a tool of another environment',
      'forbid (principal, action == Action::"lab/refund", resource);',
      [1, 38],
      /in staging/,
      null,
    ],
    [
      'a tool whose server has announced nothing',
      'forbid (principal, action == Action::"desk/silent", resource) when { context.arguments has id };',
      [1, 38],
      /announced nothing of desk\/silent/,
      null,
    ],
    ['a permit', ' permit (principal, action, resource);', [1, 2], /only take away/, 'forbid'],
    ['a template', 'forbid (principal == ?principal, action, resource);', [1, 22], /templates/, null],
    ['an unknown annotation', '@holt("x") forbid (principal, action, resource);', [1, 2], /@holt/, 'hold'],
    ['a hold without a group', '@hold forbid (principal, action, resource);', [1, 2], /group/, '@hold("finance")'],
    [
      'a hold for no group there can be',
      '@hold("Big Boss") forbid (principal, action, resource);',
      [1, 7],
      /group/,
      '@hold("finance")',
    ],
    ['an unfinished text', 'forbid (principal, action', [1, 26], /unexpected end of input/, null],
    ['no text', '  // nothing\n', [1, 1], /at least one statement/, null],
    [
      'something that may be absent and is not asked for first',
      'forbid (principal, action, resource) when { context.user == "ada" };',
      [1, 45],
      /optional attribute `user`/,
      'has user',
    ],
    [
      'a decimal compared like a whole number',
      refund('context.arguments.amount > 100'),
      [2, 8],
      /expected Long but saw decimal/,
      'lessThan',
    ],
    [
      'more places than a decimal has',
      refund('context.arguments.amount == decimal("1.23456")'),
      [2, 36],
      /decimal/,
      '4 digits',
    ],
    ['a parameter of several forms', refund('context.arguments has payee'), [2, 30], /several forms/, null],
    ['a list of objects', refund('context.arguments has customer.notes'), [2, 39], /list of something else/, null],
    ['the context as a whole', refund('context == {}'), [2, 8], /context/, null],
    ['the arguments as a whole', refund('context.arguments == {}'), [2, 16], /which parameter/, null],
    ['a rule that can never apply', refund('false'), [1, 1], /impossible/, 'fits'],
    ['a name the context does not have', refund('context.rol == "x"'), [2, 8], /rol/, 'role'],
    ['brackets too deep', refund(`${'('.repeat(40)}true${')'.repeat(40)}`), [1, 1], /brackets/, null],
  ])('%s is an error with its place and what was meant', (_what, text, [line, column], message, suggestion) => {
    const [problem, ...others] = check(text).problems;

    expect(problem).toMatchObject({ line, column, message: expect.stringMatching(message) as string });
    expect(problem?.suggestion ?? '').toContain(suggestion ?? '');
    if (suggestion === null) expect(problem?.suggestion).toBeNull();
    expect(others).toEqual([]);
  });
});

describe('what a problem says, and of which stretch of the text', () => {
  test.each<[string, string, readonly PolicyProblem[]]>([
    [
      'brackets that are too deep, of the word the statement begins with',
      refund(`${'('.repeat(40)}true${')'.repeat(40)}`),
      [saying([1, 1, 1, 7], 'brackets go at most 24 deep')],
    ],
    [
      'an unfinished text, of its end',
      'forbid (principal, action',
      [saying([1, 26, 1, 26], 'unexpected end of input')],
    ],
    [
      'a name the context does not have, of where it is read',
      refund('context.rol == "x"'),
      [saying([2, 8, 2, 19], 'attribute `rol` in context for Action::"desk/refund" not found', 'role')],
    ],
    [
      'what may be absent, of where it is read',
      refund('context.user == "ada"'),
      [
        saying(
          [2, 8, 2, 20],
          'unable to guarantee safety of access to optional attribute `user` in context for Action::"desk/refund"',
          "try testing for the attribute's presence with `context has user && ..`",
        ),
      ],
    ],
    [
      'the context as a whole, where it stands alone',
      refund('context["role"] == "x" && context has user && context == {}'),
      [saying([2, 54, 2, 61], 'write what of the context is meant, such as context.role')],
    ],
    [
      'the arguments as a whole, where they stand alone',
      refund('context.arguments has amount && context.arguments["ticket"] == "x" && context.arguments == {}'),
      [saying([2, 86, 2, 95], 'write which parameter is meant, such as context.arguments.amount')],
    ],
    [
      'tools of which nothing is announced, of the word the text begins with',
      'forbid (principal, action in Action::"class:destructive", resource) when { context.arguments has id };',
      [
        saying(
          [1, 1, 1, 7],
          'the servers of the tools it speaks about have announced none of them yet, so its parameters cannot be checked',
        ),
      ],
    ],
  ])('%s', (_what, text, problems) => {
    expect(check(text).problems).toEqual(problems);
  });
});

test('what is wrong about several tools is said once at each place', () => {
  const condition = 'context.user == "ada" || context.rol == "x" || context.rol == "y" || context.user == "bob"';
  const { problems } = check(`forbid (principal, action, resource) when { ${condition} };`);
  const said = problems.map(({ column, suggestion }) => [column, suggestion] as const);

  expect(said.toSorted(([a], [b]) => a - b)).toEqual([
    [45, "try testing for the attribute's presence with `context has user && ..`"],
    [70, 'role'],
    [92, 'role'],
    [114, "try testing for the attribute's presence with `context has user && ..`"],
  ]);
});

test('a tool of which nothing is announced does not stand in the way of parameters that others have', () => {
  const { problems, told } = check(
    `forbid (principal, action in Action::"class:payments", resource)
     when { context.arguments.ticket == "x" && context.arguments has customer };`,
  );
  expect(problems).toEqual([]);
  expect(told?.parameters).toEqual([
    { tool: 'desk/refund', path: ['ticket'], type: 'string' },
    { tool: 'desk/refund', path: ['customer'], type: 'record' },
  ]);
});

describe('an engine that fails', () => {
  const text = refund('context has user && context.user == context.role');
  const problemsWith = (broken: Partial<CedarEngine>) =>
    checkPolicy(text, 'prod', catalogue, { ...engine, ...broken }).problems;
  const failing = (what: unknown) => () => {
    throw what;
  };
  const complaining = (complaint: Partial<CedarComplaint>) => ({
    validate: () => [{ message: 'no', help: null, start: null, end: null, ...complaint }],
  });

  test.each<[string, Partial<CedarEngine>, PolicyProblem]>([
    ['to read', { parse: failing(new Error('out of memory')) }, saying([1, 1, 1, 1], 'out of memory')],
    ['to read, and does not say why', { parse: failing('') }, saying([1, 1, 1, 1], 'it cannot be read')],
    ['to check', { validate: failing(new Error('out of memory')) }, saying([1, 1, 1, 1], 'out of memory')],
    ['to check, and does not say why', { validate: failing('') }, saying([1, 1, 1, 1], 'it cannot be checked')],
    ['to say where', complaining({ end: 9 }), saying([1, 1, 1, 1], 'no')],
    ['to say where it ends', complaining({ start: 8 }), saying([1, 9, 1, 9], 'no')],
    [
      'to be brief',
      complaining({ message: 'for policy `a`, for policy `b`, failed to parse policies from string: c' }),
      saying([1, 1, 1, 1], 'for policy `b`, failed to parse policies from string: c'),
    ],
    [
      'to say of what it speaks',
      complaining({ message: 'failed to parse policies from string: c' }),
      saying([1, 1, 1, 1], 'c'),
    ],
    [
      'to begin with what it is about',
      complaining({ message: 'no: for policy `b`, failed to parse policies from string: c' }),
      saying([1, 1, 1, 1], 'no: for policy `b`, failed to parse policies from string: c'),
    ],
  ])('%s is a problem of the text, never an exception', (_what, broken, wanted) => {
    expect(problemsWith({})).toEqual([]);
    expect(problemsWith(broken)).toEqual([wanted]);
  });

  test('is not where the context stands as a whole', () => {
    const broken = { ...engine, parse: failing(new Error('out of memory')) };
    expect(checkPolicy(refund('context == {}'), 'prod', catalogue, broken).problems).toEqual([
      saying([1, 1, 1, 1], 'out of memory'),
    ]);
  });
});

test('a tool of which nothing is announced can be spoken about as long as no parameter is read', () => {
  expect(check('forbid (principal, action == Action::"desk/silent", resource);').problems).toEqual([]);
  expect(check('forbid (principal, action, resource == Server::"desk");', 'staging').problems).toMatchObject([
    { line: 1, column: 1, message: 'no tool is registered here that it could speak about' },
  ]);
});

describe('checking a policy that reads risk signals', () => {
  test.each([
    'context.signals.recentRate > 5',
    'context.signals has recentRate && context.signals.recentRate > 5',
    '!context.signals.provenance.contains("payee")',
    'context.signals.labels.trust == "untrusted" || context.signals.labels.secrecy == "secret"',
    'context.signals.scorer.greaterThan(decimal("0.8"))',
  ])('needs no question whether %s is there', (condition) => {
    expect(check(`forbid (principal, action, resource) when { ${condition} };`).problems).toEqual([]);
  });

  test('knows each by its name', () => {
    expect(check('forbid (principal, action, resource) when { context.signals.rate > 5 };').problems).toHaveLength(1);
  });
});

describe('trying a policy', () => {
  const text = `${refund('context.arguments.amount.greaterThan(decimal("50.0"))')}
@hold("finance") forbid (principal, action == Action::"desk/refund", resource) when { context.time.hour >= 18 };
forbid (principal, action == Action::"desk/refund", resource)
when { context has conversation.tier && context.conversation.tier == "none" };`;
  const call = (more: Partial<PolicyTest['call']> = {}): PolicyTest['call'] => ({
    ...{ agent: 'cs-prod', role: 'support', task: 'execute', tool: 'desk/refund', arguments: { amount: 5 } },
    ...{ user: null, conversation: null, time: null, signals: {} },
    ...more,
  });
  const tried = (name: string, want: PolicyTest['want'], more?: Partial<PolicyTest['call']>) => {
    const { told } = check(text);
    if (!told) throw new Error('the policy is not clean');
    const policy = { name: 'P', version: 1, text, environment: 'prod', ...told };
    return tryPolicy(policy, [{ name, call: call(more), want }], catalogue, engine, Date.parse)[0];
  };

  test('asks it about each call, and says what it got', () => {
    expect(tried('small', 'pass')).toEqual({ name: 'small', want: 'pass', got: 'pass', passed: true, detail: null });
    expect(tried('large', 'deny', { arguments: { amount: 51 } })).toMatchObject({ got: 'deny', passed: true });
    expect(tried('late', 'hold', { time: '2026-01-01T19:00:00Z' })).toMatchObject({ got: 'hold', passed: true });
    expect(tried('tier', 'deny', { conversation: { tier: 'none' } })).toMatchObject({ got: 'deny', passed: true });
    expect(tried('wrong', 'hold', { arguments: { amount: 51 } })).toMatchObject({ got: 'deny', passed: false });
  });

  test('asks it about risk signals as they stand before anything happened, or as the test has them', () => {
    const condition = 'context.signals.recentRate > 5 || context.signals.scorer.greaterThan(decimal("0.8"))';
    const policy = { name: 'P', version: 1, text: refund(condition), environment: 'prod' };
    const { told } = check(policy.text);
    const got = (signals: PolicyTest['call']['signals']) =>
      told &&
      tryPolicy(
        { ...policy, ...told },
        [{ name: 'one', call: call({ signals }), want: 'deny' }],
        catalogue,
        engine,
        Date.parse,
      )[0]?.got;
    expect(got({ scorer: 0.8 })).toBe('pass');
    expect(got({ scorer: 0.8001 })).toBe('deny');
    expect(got({ recentRate: 6, scorer: 0 })).toBe('deny');
    expect(got({})).toBe('pass');
  });

  test('a policy that fails on the call passes no test, because it would deny for no reason', () => {
    expect(tried('fails', 'deny', { arguments: {} })).toMatchObject({ got: 'error', passed: false });
    expect(tried('overflow', 'deny', { arguments: { amount: 1e30 } })).toMatchObject({ got: 'error', passed: false });
    expect(tried('elsewhere', 'deny', { tool: 'desk/none' })).toMatchObject({ got: 'error', passed: false });
  });
});
