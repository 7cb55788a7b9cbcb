import { constraintSchema, identitiesOf, identityForms, type AccessTokenClaims } from '@portcullis/contracts';
import { conversationDigests, directoryDigest, sha256Text } from '@portcullis/contracts/signed';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileConstraint } from './compile-constraint.js';
import { naivelyMet, type NaiveCall, type PathConstraint } from './naive.fixture.js';

const names = ['a', 'b', 'list', 'constructor'] as const;
const texts = [
  ...[
    '',
    'a',
    'ab',
    'aab',
    'T-1',
    'T-12x',
    'docs/a.md',
    'docs/x/y/b.md',
    'docs/../b.md',
    'docs//b.md',
    'docs/',
    '/b.md',
  ],
  ...[
    'docs/%2e%2E/b',
    'e\u0301',
    'é',
    '😀',
    '😀😀',
    'T-1\n',
    'okta:ada',
    'cs-prod',
    'support',
    'C-7',
    '7',
    'https://a.example.com/x',
  ],
  ...['https://example.com', 'http://a.example.com/', 'HTTPS://A.example.com:443/', 'https://a.example.com:8443?q'],
  ...[
    'a.example.com',
    'a.example.com/x',
    'https://u@a.example.com/',
    'https://a.example.com.evil.net/',
    'b.a.example.com:8443',
  ],
  ...[
    '10.1.2.3',
    '10.0.0.256',
    '010.1.2.3',
    '::ffff:10.1.2.3',
    '::ffff:a01:203',
    '2001:db8::1',
    '2001:DB9::',
    '::',
    '0x0a.1.2.3',
  ],
  ...['fe80::1%eth0', '1.2.3', '192.168.0.7', '__proto__', 'NaN', '1e400'],
];
const numbers = [0, -0, 1, 2, 5, 5.5, -3, 1e308, -1e308, Infinity, -Infinity, Number.NaN, 2 ** 53, 5e-324];
const oneOf = <T>(values: readonly T[]) => fc.constantFrom(...values);
const word = fc.oneof(oneOf(texts), fc.string({ unit: oneOf(['a', 'b', '/', '.', '-', 'x', '😀']), maxLength: 9 }));
const leaf = fc.oneof(
  { weight: 6, arbitrary: word },
  { weight: 4, arbitrary: oneOf(numbers) },
  { weight: 2, arbitrary: oneOf([true, false, null, undefined]) },
);
const { value: anyValue } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(oneOf([...names, '0', '__proto__', 'length']), tie('value'), { maxKeys: 3 }),
  ),
}));
const path = fc.oneof(
  oneOf([
    'a',
    'b',
    'list',
    'list.*',
    'a.b',
    'list.0',
    'list.*.a',
    'list.*.list.*',
    'a.*.b',
    'list.length',
    'constructor',
  ]),
  fc
    .array(oneOf([...names, '0', '1', '*', '__proto__']), { minLength: 1, maxLength: 4 })
    .map((steps) => steps.join('.')),
);
const scalar = fc.oneof(word, oneOf(numbers), fc.boolean());
const size = fc.option(fc.nat(4), { nil: undefined });
const globs = fc.oneof(
  oneOf(['docs/**', '**/*.md', 'docs/*.md', '*', '**', 'docs/**/b.md', '?', 'a?*', '**/a', 'x**a', '***/b', '/**/']),
  fc.string({ unit: oneOf(['a', 'b', '/', '*', '?', '**/', '.m']), minLength: 1, maxLength: 7 }),
);
const patterns = oneOf([
  'T-[0-9]+',
  '(a|b)*',
  '.',
  '.*',
  'a+b?',
  '[a-z]{1,3}',
  'docs/.*\\.md',
  '\\d+',
  'a|ab',
  '(?:x|)a*',
  '.{2}',
]);
const hosts = fc.uniqueArray(
  oneOf(['a.example.com', '*.example.com', 'example.com', 'a.example.com:8443', '10.1.2.3']),
  { minLength: 1 },
);
const networks = fc.uniqueArray(
  oneOf([
    '10.0.0.0/8',
    '192.168.0.0/30',
    '10.1.2.3',
    '2001:db8::/32',
    '::/0',
    '::ffff:10.0.0.0/104',
    '0.0.0.0/0',
    '::ffff:10.1.2.2/127',
    '::1',
  ]),
  { minLength: 1 },
);
const claim = oneOf([
  'user',
  'agent',
  'role',
  'environment',
  'conversation.customerId',
  'conversation.none',
  'conversation.constructor',
]);

const withPath = (at: fc.Arbitrary<string>) =>
  fc.oneof(
    fc.record({ kind: fc.constant('min'), path: at, value: oneOf(numbers) }),
    fc.record({ kind: fc.constant('max'), path: at, value: oneOf(numbers) }),
    fc.record({ kind: fc.constant('length'), path: at, min: size, max: size }),
    fc.record({
      kind: fc.constant('one-of'),
      path: at,
      values: fc.uniqueArray(scalar, { minLength: 1, maxLength: 4 }),
    }),
    fc.record({ kind: fc.constant('equal'), path: at, value: scalar }),
    fc.record({ kind: fc.constant('equal-claim'), path: at, claim }),
    fc.record({ kind: fc.constant('prefix'), path: at, prefix: word }),
    fc.record({ kind: fc.constant('glob'), path: at, glob: globs }),
    fc.record({ kind: fc.constant('pattern'), path: at, pattern: patterns }),
    fc.record({
      kind: fc.constant('hosts'),
      path: at,
      hosts,
      schemes: oneOf([undefined, ['http'], ['https', 'http']]),
    }),
    fc.record({ kind: fc.constant('cidr'), path: at, networks }),
    fc.record({ kind: fc.constant('forbidden'), path: at }),
    fc.record({
      kind: fc.constant('provenance'),
      path: at,
      as: oneOf(identityForms),
      request: fc.boolean(),
      directories: oneOf([undefined, ['payees'], ['nobody'], ['nobody', 'payees']]),
    }),
  );
const each = fc.array(withPath(fc.oneof(fc.constant('.'), path)), { maxLength: 2 });
const authored = fc
  .oneof(
    { weight: 12, arbitrary: withPath(path) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('items'), path, min: size, max: size, each }) },
  )
  .map((constraint) => constraintSchema.safeParse(constraint))
  .filter((parsed) => parsed.success)
  .map((parsed) => parsed.data as PathConstraint);

const claims = { user: 'okta:ada', agent: 'cs-prod', role: 'support', environment: 'prod', conversation: 'v1' };
const attributes = { customerId: 'C-7' };
const vouchedFor: Readonly<Record<string, string>> = { ...claims, 'conversation.customerId': attributes.customerId };
const requested = ['ada@example.com', 'https://a.example.com/x', 'DE89 3704', '+49 30 1234567', 'T-1', 'é!'];
const listed = ['bob@example.com', 'a.example.com', 'AB/1-2', '030 1234567'];
const records = {
  conversations: new Map([['v1', { attributes, requested: new Set(conversationDigests('v1', requested)) }]]),
  directories: new Map([
    ['payees', { entries: new Set(listed.flatMap(identitiesOf).map((one) => directoryDigest('payees', one))) }],
  ]),
  tools: new Map(),
};
const engines = { hash: { sha256: sha256Text } };

/** Values that a kind may well be met by. */
const likely: Readonly<Partial<Record<PathConstraint['kind'], fc.Arbitrary<unknown>>>> = {
  min: oneOf(numbers),
  max: oneOf(numbers),
  length: word,
  'equal-claim': oneOf(['okta:ada', 'cs-prod', 'support', 'prod', 'C-7', 'v1']),
  glob: fc.string({ unit: oneOf(['a', 'b', '/', '.md', 'docs/']), maxLength: 6 }),
  pattern: fc.string({ unit: oneOf(['a', 'b', 'T-1', '7']), maxLength: 4 }),
  hosts: oneOf(texts.filter((text) => text.includes('example.com'))),
  cidr: oneOf(texts.filter((text) => /^[\da-f:.x%]{3,}$/i.test(text))),
  items: fc.array(leaf, { maxLength: 4 }),
  provenance: oneOf([
    ...[...requested, ...listed],
    ...[
      'ada@EXAMPLE.com',
      'Ada@example.com',
      'ada@example.com.',
      'HTTPS://A.Example.com:443/x',
      'https://a.example.com',
    ],
    ...[
      'https://a.example.com/x#top',
      'https://a.example.com/x?q',
      'https://a.example.com/y/../x',
      'http://a.example.com/x',
    ],
    ...[
      'de893704',
      'DE89  37 04',
      '0049301234567',
      '+49 (30) 123-4567',
      '0301234567',
      ' T-1 ',
      'T-1\n',
      'e\u0301!',
      'a@b@c',
    ],
  ]),
};

/** Half of the arguments are made to hold what the constraint asks about, or it would mostly be missing. */
const pair = authored.chain((constraint) =>
  fc.tuple(
    fc.constant(constraint),
    fc.oneof(
      anyValue,
      fc
        .oneof(likely[constraint.kind] ?? leaf, held(constraint), anyValue)
        .map((value) => placed(constraint.path, value)),
    ),
  ),
);

/** What the constraint itself names. */
function held(constraint: PathConstraint): fc.Arbitrary<unknown> {
  if (constraint.kind === 'one-of') return oneOf(constraint.values);
  if (constraint.kind === 'equal') return fc.constant(constraint.value);
  if (constraint.kind === 'equal-claim') return fc.constant(vouchedFor[constraint.claim] ?? 'C-7');
  if (constraint.kind === 'glob') return oneOf(['', 'a', 'a/b']).map((run) => fitting(constraint.glob, run));
  return constraint.kind === 'prefix' ? word.map((rest) => constraint.prefix + rest) : leaf;
}

/** A text that the glob may well fit: `run` for every `**`. */
function fitting(glob: string, run: string): string {
  return glob.replaceAll('**', run).replaceAll('*', 'b').replaceAll('?', 'x');
}

function placed(path: string, value: unknown): unknown {
  return path.split('.').reduceRight<unknown>((inner, step) => {
    if (step === '*') return [inner];
    return /^\d+$/.test(step) ? [inner, inner] : Object.fromEntries([[step, inner]]);
  }, value);
}

describe('P-G5 constraints, compiled and read naively', () => {
  test('agree about 10,000 random constraints and arguments, and both answers are given often', () => {
    const answers = new Map<string, { met: number; broken: number }>();
    fc.assert(
      fc.property(pair, ([constraint, args]) => {
        const check = compileConstraint(constraint, engines);
        const call: NaiveCall = { arguments: args, claims, attributes, requested, directories: { payees: listed } };
        const isMet =
          check?.({ tool: 'refund', arguments: args, claims: claims as AccessTokenClaims }, records) === undefined;
        expect(check).toBeDefined();
        expect(isMet).toBe(naivelyMet(constraint, call));
        const tally = answers.get(constraint.kind) ?? { met: 0, broken: 0 };
        answers.set(constraint.kind, isMet ? { ...tally, met: tally.met + 1 } : { ...tally, broken: tally.broken + 1 });
      }),
      { numRuns: 10_000 },
    );
    expect(answers.size).toBe(14);
    for (const [kind, { met, broken }] of answers)
      expect(Math.min(met, broken), `${kind}: ${met} met, ${broken} broken`).toBeGreaterThan(10);
  });
});
