import type { Obligation } from '@portcullis/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { done } from './boundary.fixture.js';

/** Values that must not leave, each one only once in the data and recognisable in whatever it is put into. */
const canary = fc.integer({ min: 0, max: 0xffff }).map((number) => `canary-${number}-`);
const harmless = fc.oneof(fc.integer(), fc.boolean(), fc.constant(null), fc.constantFrom('open', 'closed', 'x'));
const secretNames = ['secret', 'Secret', 'SECRET', 'ｓecret'];

/** A record with a member that is dropped, under a name that reads the same. */
const record = fc
  .tuple(
    fc.constantFrom(...secretNames),
    canary,
    fc.dictionary(fc.constantFrom('a', 'b', 'constructor'), harmless),
    nested(),
  )
  .map(([name, value, rest, kept]) => ({ ...rest, kept, [name]: value }));

function nested() {
  return fc.oneof(harmless, fc.array(harmless, { maxLength: 3 }), fc.dictionary(fc.constantFrom('u', 'v'), harmless));
}

const row = fc.record({ id: fc.nat(), level: fc.constantFrom('public', 'confidential'), note: canary });

type Json = Record<string, unknown>;

/** One way in which a server may repeat its data as content. */
const encodings: ((data: Json) => unknown)[] = [
  (data) => text(JSON.stringify(data)),
  (data) => text(JSON.stringify(data, null, 4)),
  (data) => text(` \n${JSON.stringify(data)} `),
  (data) => text(JSON.stringify(reversed(data))),
  (data) => text(JSON.stringify(data).replaceAll('secret', '\\u0073ecret')),
  (data) => text(JSON.stringify(data).replace('{', '{"rows":[],"record":{},"record":{},')),
  (data) => text(JSON.stringify(JSON.stringify(data))),
  (data) => text(JSON.stringify({ copy: data })),
  (data) => text(JSON.stringify([data])),
  (data) => text(JSON.stringify({ other: Object.values(data) })),
  (data) => text(`Result: ${JSON.stringify(data)}`),
  (data) => text(`\`\`\`json\n${JSON.stringify(data)}\n\`\`\``),
  (data) => text(`{"__proto__":${JSON.stringify(data)}}`),
  (data) => text(btoa(encodeURIComponent(JSON.stringify(data)))),
  (data) =>
    text(
      Object.values(data)
        .map((value) => JSON.stringify(value))
        .join('\n'),
    ),
  (data) => ({ type: 'resource', resource: { uri: `data:${JSON.stringify(data)}`, text: JSON.stringify(data) } }),
  (data) => ({ type: 'resource', resource: { uri: 'x:y', blob: btoa(encodeURIComponent(JSON.stringify(data))) } }),
  (data) => ({ type: 'resource_link', uri: `x:${encodeURIComponent(JSON.stringify(data))}`, name: 'x' }),
  (data) => ({ type: 'image', data: JSON.stringify(data), mimeType: 'image/png' }),
  (data) => ({ ...text(JSON.stringify(data)), _meta: data, annotations: { data } }),
  (data) => data,
];

function text(words: string) {
  return { type: 'text', text: words };
}

function reversed(data: Json): Json {
  return Object.fromEntries(Object.entries(data).reverse());
}

const answers = fc
  .record({
    data: fc.record({ record, rows: fc.array(row, { maxLength: 5 }), extra: nested() }),
    isStructured: fc.boolean(),
    isNested: fc.boolean(),
    ways: fc.array(fc.nat({ max: encodings.length - 1 }), { minLength: 1, maxLength: 4 }),
    isError: fc.boolean(),
  })
  .map(({ data, isStructured, isNested, ways, isError }) => {
    const structuredContent = isNested ? { ...data, extra: JSON.stringify(data) } : data;
    const content = ways.map((way) => encodings[way]?.(structuredContent));
    return { data, answer: { ...(isStructured ? { structuredContent } : {}), content, isError, _meta: { data } } };
  });

const dropped: Obligation = { kind: 'fields', drop: ['record.secret', 'rows.*.note'] };
const kept: Obligation = { kind: 'fields', keep: ['record.kept', 'rows.*.id', 'rows.*.level', 'extra'] };
const publicRows: Obligation = {
  kind: 'items',
  path: 'rows',
  where: [{ kind: 'equal', path: 'level', value: 'public' }],
};

/** Everything a reader could make of an answer: as it is, and with what is encoded in it decoded. */
function readings(answer: unknown): string {
  const json = JSON.stringify(answer ?? null);
  const encoded = [...json.matchAll(/[A-Za-z0-9+/]{16,}={0,2}/g)].map(([found]) => decoded(found));
  return [json, decodeURIComponent(json.replaceAll(/%(?![0-9a-f]{2})/gi, '%25')), ...encoded].join('\n');
}

function decoded(base64: string): string {
  try {
    return decodeURIComponent(atob(base64));
  } catch {
    return '';
  }
}

describe('no value that must not leave is anywhere in what leaves', () => {
  it.each([
    ['dropped fields', [dropped]],
    ['all but the kept fields', [kept]],
    ['both', [kept, dropped]],
  ])('of %s, however a server repeats its data', (_what, obligations) => {
    fc.assert(
      fc.property(answers, ({ answer }) => {
        expect(readings(done(answer, ...obligations).answer)).not.toMatch(/canary-/);
      }),
      { numRuns: 300 },
    );
  });

  it('of items that do not keep the limits, however a server repeats its data', () => {
    fc.assert(
      fc.property(answers, ({ data, answer }) => {
        const left = readings(done(answer, publicRows, { kind: 'fields', drop: ['record'] }).answer);
        for (const { level, note } of data.rows) {
          const isElsewhere = data.rows.some((other) => other.level === 'public' && other.note === note);
          if (level !== 'public' && !isElsewhere) expect(left).not.toContain(note);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('fulfilling', () => {
  it.each<[string, Obligation[]]>([
    ['dropped fields', [dropped]],
    ['kept fields', [kept]],
    ['items', [publicRows]],
    ['labels', [{ kind: 'label', trust: 'untrusted' }]],
    ['redaction', [{ kind: 'redact', what: ['email', 'card', 'secret'], patterns: ['canary-\\d+-', 'redacted'] }]],
    [
      'all at once',
      [publicRows, dropped, { kind: 'redact', patterns: ['[a-z]+-\\d+'] }, { kind: 'label', secrecy: 'secret' }],
    ],
  ])('%s twice changes nothing more', (_what, obligations) => {
    fc.assert(
      fc.property(answers, ({ answer }) => {
        const once = done(answer, ...obligations).answer;
        if (once !== undefined) expect(done(once, ...obligations).answer).toEqual(once);
      }),
    );
  });

  it('never throws and never changes what it is given, whatever that is', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.anything(), fc.record({ structuredContent: fc.anything(), content: fc.anything() })),
        (answer) => {
          const before = fc.stringify(answer);
          done(answer, publicRows, dropped, { kind: 'redact', what: ['email'] });
          expect(fc.stringify(answer)).toBe(before);
        },
      ),
    );
  });
});
