import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalIdentity, identitiesOf, identityForms, type IdentityForm } from './identity-forms.js';
import { conversationDigests, directoryDigest } from './signed/index.js';

const same: readonly (readonly [IdentityForm, string, readonly string[]])[] = [
  ['email', 'ada@example.com', ['ada@EXAMPLE.com', 'ada@Example.COM']],
  ['email', 'ada+desk@xn--bcher-kva.example', ['ada+desk@bücher.example', 'ada+desk@BÜCHER.example']],
  [
    'url',
    'https://example.com/',
    ['https://example.com', 'HTTPS://EXAMPLE.com:443/', 'example.com', 'https://example.com#a'],
  ],
  [
    'url',
    'http://example.com:8080/a%2Fb?c=%C3%BC',
    ['http://example.com:8080/a%2fb?c=ü', 'HTTP://example.com:8080/a%2fb?c=%c3%bc'],
  ],
  ['account', 'DE89370400440532013000', ['de89 3704 0044 0532 0130 00', 'DE89\u00a03704 0044 0532 0130 00']],
  ['phone', '+49301234567', ['+49 30 1234567', '0049 (30) 123-4567', '+49.30.123.4567']],
  ['text', 'Café Zwölf', ['  Cafe\u0301 Zwölf ', 'Café Zwölf']],
];

const refused: readonly (readonly [IdentityForm, string])[] = [
  ...[
    '',
    'ada',
    '@example.com',
    'ada@',
    'ada@@example.com',
    'ada@example.com,eve@evil.example',
    '"ada"@example.com',
  ].map((value) => ['email', value] as const),
  ...[
    'Ada <ada@example.com>',
    'ada@example.com\n',
    'ada @example.com',
    'ad\u200ba@example.com',
    'ada@example.com:25',
    'ada@[10.0.0.1]',
  ].map((value) => ['email', value] as const),
  ...[
    '',
    '/start',
    'ftp://example.com/',
    'javascript:alert(1)',
    'https://u@example.com/',
    'https://example.com\\@evil.example',
  ].map((value) => ['url', value] as const),
  ...[
    'https://example.com/a/../b',
    'https://example.com/%2E./b',
    'https://exa mple.com',
    'https://0x7f.1/',
    'https://example.com/\t',
  ].map((value) => ['url', value] as const),
  ...['', 'A', 'DE89, DE90', 'DE89;', '-1', 'Ä1', 'DE89\u200b3704', `A${'1'.repeat(64)}`].map(
    (value) => ['account', value] as const,
  ),
  ...['', '12345', '+', '++49301234567', '49+301234567', '030 12345 ext. 7', '1234567890123456'].map(
    (value) => ['phone', value] as const,
  ),
  ...['', '  ', 'a\u0000b', 'a\nb', 'x'.repeat(2049)].map((value) => ['text', value] as const),
];

describe('an identity', () => {
  test.each(same)('as %s reads %s however it is written', (as, canonical, written) => {
    for (const one of [canonical, ...written]) expect(canonicalIdentity(as, one), one).toBe(canonical);
  });

  test.each(refused)('as %s is not %j', (as, value) => {
    expect(canonicalIdentity(as, value)).toBeUndefined();
  });

  test('that is written canonically is read as it stands, in every form', () => {
    const parts = fc.constantFrom(
      'ada',
      '@',
      'example.com',
      'https://',
      '/',
      '?q=',
      '%2f',
      'DE89',
      ' ',
      '+49',
      '0',
      '1234567',
      '(',
      ')',
      'ü',
      '-',
    );
    const written = fc.array(parts, { minLength: 1, maxLength: 6 }).map((all) => all.join(''));
    fc.assert(
      fc.property(fc.constantFrom(...identityForms), fc.oneof(written, fc.string()), (as, value) => {
        const canonical = canonicalIdentity(as, value);
        if (canonical !== undefined) expect(canonicalIdentity(as, canonical)).toBe(canonical);
      }),
      { numRuns: 5_000 },
    );
  });

  test('two readable addresses with different hosts or names are never one', () => {
    expect(canonicalIdentity('email', 'Ada@example.com')).not.toBe(canonicalIdentity('email', 'ada@example.com'));
    expect(canonicalIdentity('url', 'https://example.com/?a')).not.toBe(
      canonicalIdentity('url', 'https://example.com/?b'),
    );
    expect(canonicalIdentity('url', 'http://example.com/')).not.toBe(canonicalIdentity('url', 'https://example.com/'));
  });
});

describe('what is registered', () => {
  const [id, other] = ['5b0c8c9e-0000-4000-8000-000000000001', '5b0c8c9e-0000-4000-8000-000000000002'];

  test('is a digest for every form in which a value can be read, or for the one it is said to have', () => {
    expect(identitiesOf('DE89 3704 0044').map(({ as }) => as)).toEqual(['account', 'text']);
    const all = conversationDigests(id, ['DE89 3704 0044']);
    expect(all).toHaveLength(2);
    expect(all).toEqual(
      expect.arrayContaining([...conversationDigests(id, [{ as: 'account', value: ' de8937040044 ' }])]),
    );
    expect(conversationDigests(id, [{ as: 'email', value: 'no address' }])).toEqual([]);
    for (const digest of all) expect(digest).toMatch(/^[\w-]{43}$/);
  });

  test('differs from one conversation, directory and form to the next, and not by the letters of an id', () => {
    const [mine] = conversationDigests(id, [{ as: 'text', value: 'DE89' }]);
    expect(conversationDigests(id.toUpperCase(), [{ as: 'text', value: 'DE89' }])).toEqual([mine]);
    expect(conversationDigests(other, [{ as: 'text', value: 'DE89' }])).not.toContain(mine);
    expect(conversationDigests(id, [{ as: 'account', value: 'DE89' }])).not.toContain(mine);
    const identity = { as: 'text', canonical: 'DE89' } as const;
    expect(new Set([mine, directoryDigest(id, identity), directoryDigest(other, identity)]).size).toBe(3);
  });

  test('is written down once: these bytes are what hosts, guards and the control plane agree about', () => {
    expect(conversationDigests(id, [{ as: 'email', value: 'ada@example.com' }])).toEqual([
      'JTcKeGjD_fJbWBoHPYTVPID3SF3Fz5YgjseaE4dHgho',
    ]);
    expect(directoryDigest('payees', { as: 'account', canonical: 'DE89' })).toBe(
      '5C2my44dpTl9zSKXktFXbIdVKt8VWHTu_rW1Wu_sjIM',
    );
  });
});
