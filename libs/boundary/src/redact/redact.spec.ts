import type { Redactable } from '@portcullis/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { done } from '../boundary.fixture.js';
import { partNotice, textNotice } from '../notices.js';

const everything: Redactable[] = ['email', 'card', 'iban', 'ssn', 'phone', 'secret'];
const said = (text: string) => ({ content: [{ type: 'text', text }] });
const redacted = (text: string, what = everything) =>
  (done(said(text), { kind: 'redact', what }).answer?.['content'] as { text: string }[] | undefined)?.[0]?.text;

/** Parts that no scanner of this repository should take for a secret. */
const joined = (...parts: string[]) => parts.join('');

describe('what is redacted', () => {
  it.each<[string, Redactable, string]>([
    ['an address', 'email', 'jane.doe+x@example.co.uk'],
    ['an international address', 'email', 'jörg@müller.example'],
    ['an address in an URL', 'email', 'jane%40example.com'],
    ['a card', 'card', '4111111111111111'],
    ['a card in groups', 'card', '5500 0000 0000 0004'],
    ['a card of 15 digits', 'card', '3782-822463-10005'],
    ['a card of 13 digits', 'card', '4222222222222'],
    ['an IBAN', 'iban', 'DE89370400440532013000'],
    ['an IBAN in groups', 'iban', 'GB82 WEST 1234 5698 7654 32'],
    ['an IBAN in small letters', 'iban', 'fr1420041010050500013m02606'],
    ['a social security number', 'ssn', '219-09-9999'],
    ['an international number', 'phone', '+49 (30) 901820-0'],
    ['a North American number', 'phone', '(415) 555-2671'],
    ['a national number', 'phone', '030/1234567'],
    ['an AWS key id', 'secret', joined('AKIA', 'IOSFODNN7EXAMPLE')],
    ['a GitHub token', 'secret', joined('ghp_', 'a1'.repeat(18))],
    ['a fine-grained GitHub token', 'secret', joined('github_pat_', 'a1'.repeat(20))],
    ['a Slack token', 'secret', joined('xoxb-', '123456789012-abcdefabcdef')],
    ['a payment key', 'secret', joined('sk_live_', 'a1'.repeat(12))],
    ['a JWT', 'secret', joined('eyJhbGciOiJIUzI1NiJ9', '.eyJzdWIiOiIxMjM0In0', '.c2lnbmF0dXJl')],
    ['a private key', 'secret', joined('-----BEGIN EC PRIVATE', ' KEY-----\nMHc\n-----END EC PRIVATE', ' KEY-----')],
    ['a private key that is cut off', 'secret', joined('-----BEGIN PRIVATE', ' KEY-----\nMHcCAQEE and so on')],
  ])('is %s', (_what, kind, found) => {
    expect(redacted(`before, ${found}`, [kind])).toBe(`before, [redacted: ${kind}]`);
    expect(
      redacted(
        `before, ${found}`,
        everything.filter((each) => each !== kind && each !== 'email'),
      ),
    ).not.toMatch(`[redacted: ${kind}]`);
  });

  it('is the token after Bearer and the password in an URL', () => {
    expect(redacted('Authorization: Bearer abcdef1234567890abcd, then')).toBe(
      'Authorization: Bearer [redacted: secret], then',
    );
    expect(redacted('postgres://app:p4ssw0rd@db/x')).toBe('postgres://app:[redacted: secret]@db/x');
  });

  it.each([
    'order 1732800000000, 4.123456789012345, 2024-01-02 03:04:05, 10.0.0.1, v1.2.3',
    'a card that fails the check: 4111111111111112; an IBAN too: DE88370400440532013000',
    'nobody has 000-12-3456, 666-12-3456, 900-12-3456, 123-00-4567',
    'basic understanding of a bearer of internationalization @home, @ noon',
    'https://example.com/a/b?c=d and user@localhost',
  ])('is not: %s', (text) => {
    expect(redacted(text)).toBe(text);
  });

  it('is blacked out once where two things overlap, and beside each other twice', () => {
    expect(redacted('a@example.com b@example.com')).toBe('[redacted: email] [redacted: email]');
    expect(redacted('4111111111111111 5500000000000004')).toBe('[redacted: card] [redacted: card]');
    expect(redacted('https://u:p4ssw0rd@example.com')).toBe('https://u:[redacted: email]');
  });
});

describe('redaction', () => {
  it('reaches every text of an answer: values, names, whole numbers, JSON in texts, escapes, _meta', () => {
    const inner = JSON.stringify({ mail: 'a@example.com' }).replace('@', '\\u0040');
    const answer = {
      structuredContent: { 'a@example.com': 1, 'b@example.com': 2, card: 4111111111111111, deep: [{ text: inner }] },
      content: [
        { type: 'text', text: inner, annotations: { by: 'a@example.com' } },
        { type: 'text', text: `Result: ${inner}` },
        { type: 'resource', resource: { uri: 'mail:a@example.com', text: 'to a@example.com' } },
      ],
      _meta: { from: 'a@example.com' },
    };

    const { answer: left } = done(answer, { kind: 'redact', what: ['email', 'card'] });

    expect(left).toEqual({
      structuredContent: {
        '[redacted: email]': 1,
        '[redacted: email] 2': 2,
        card: '[redacted: card]',
        deep: [{ text: '{"mail":"[redacted: email]"}' }],
      },
      content: [
        { type: 'text', text: '{"mail":"[redacted: email]"}', annotations: { by: '[redacted: email]' } },
        { type: 'text', text: 'Result: {"mail":"[redacted: email]"}' },
        { type: 'resource', resource: { uri: 'mail:[redacted: email]', text: 'to [redacted: email]' } },
      ],
      _meta: { from: '[redacted: email]' },
    });
  });

  it('withholds what it cannot see into: media, links, JSON that two readers may read differently', () => {
    const content = [
      { type: 'image', data: 'AA==', mimeType: 'image/png' },
      { type: 'resource_link', uri: 'x:y', name: 'x' },
      { type: 'resource', resource: { uri: 'x:y', blob: 'AA==' } },
      { type: 'text', text: '{"a":"x","a":"y"}' },
    ];

    const { answer, withheld } = done({ content }, { kind: 'redact', what: ['email'] });

    expect(answer?.['content']).toEqual([
      ...Array<unknown>(3).fill({ type: 'text', text: partNotice }),
      { type: 'text', text: textNotice },
    ]);
    expect(withheld).toBe('3 parts of the content could not be filtered');
  });

  it('takes the expressions of an administrator, also in a text that is longer than one reading', () => {
    const text = `${'x'.repeat(3000)} CU-123456 ${'y'.repeat(3000)} CU-654321 end`;
    const { answer } = done(said(text), { kind: 'redact', patterns: ['CU-\\d{6}', 'x*nothing'] });

    expect(answer).toEqual(said(text.replaceAll(/CU-\d{6}/g, '[redacted: pattern]')));
  });

  it('withholds an answer whose texts cost too much to compare, or in which a match may go on where it was not read', () => {
    expect(done(said('a'.repeat(500_000)), { kind: 'redact', patterns: ['a.*b|a'] })).toMatchObject({
      answer: undefined,
      withheld: 'the result was withheld: it is too much text for its patterns',
    });
    expect(
      done(said(`secret: ${'x'.repeat(9000)}`), { kind: 'redact', patterns: ['secret:.*'] }).answer,
    ).toBeUndefined();
    expect(done(said('x'.repeat(2_000_001)), { kind: 'redact', what: ['email'] }).answer).toBeUndefined();
  });

  it('leaves no address of any form, wherever it stands', () => {
    const word = fc.stringMatching(/^[a-z0-9]{1,12}$/);
    const address = fc.tuple(word, word, fc.constantFrom('com', 'org', 'co.uk')).map(([a, b, c]) => `${a}@${b}x.${c}`);
    fc.assert(
      fc.property(address, fc.string(), fc.string(), (found, before, after) => {
        const left = redacted(`${before} ${found} ${after}`, ['email']);
        expect(left).not.toContain(found);
      }),
    );
  });
});
