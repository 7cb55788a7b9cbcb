import type { Obligation } from '@portcullis/contracts';
import { describe, expect, it } from 'vitest';
import { done, withCopy } from './boundary.fixture.js';
import { fulfil } from './index.js';
import { partNotice, textNotice } from './notices.js';

const open = { id: 'D-1', title: 'Handbook', classification: 'public', author: { email: 'ana@example.com' } };
const closed = { id: 'D-2', title: 'Layoffs', classification: 'confidential', author: { email: 'bo@example.com' } };
const documents = { documents: [open, closed] };
const onlyPublic: Obligation = {
  kind: 'items',
  path: 'documents',
  where: [{ kind: 'one-of', path: 'classification', values: ['public', 'internal'] }],
};
const noAuthors: Obligation = { kind: 'fields', drop: ['documents.*.author'] };
const left = { documents: [{ id: 'D-1', title: 'Handbook', classification: 'public' }] };
const text = (words: string) => ({ type: 'text', text: words });
const notice = text(partNotice);

describe('an answer of which only some items and fields may leave', () => {
  it('leaves without them, in the data and in its copy', () => {
    const { answer, withheld } = done(withCopy(documents), onlyPublic, noAuthors);

    expect(answer).toEqual(withCopy(left));
    expect(withheld).toBeNull();
  });

  it.each([
    [
      'with its names in another order',
      JSON.stringify({ documents: [open, closed].map((one) => ({ ...one, id: one.id })) }),
    ],
    ['indented', JSON.stringify(documents, null, 2)],
    ['with escaped names', JSON.stringify(documents).replaceAll('author', '\\u0061uthor')],
  ])('leaves without them in a copy that is written %s', (_how, copy) => {
    const { answer } = done({ structuredContent: documents, content: [text(copy)] }, onlyPublic, noAuthors);

    expect(JSON.parse((answer?.['content'] as { text: string }[])[0]?.text ?? '')).toEqual(left);
  });

  it('keeps what a copy of one item or of the list says, and of an item that must not leave not even that it was there', () => {
    const content = [JSON.stringify(documents.documents), JSON.stringify(open), JSON.stringify(closed)].map(text);

    const { answer, withheld } = done({ structuredContent: documents, content }, onlyPublic, noAuthors);

    expect(answer?.['content']).toEqual([JSON.stringify(left.documents), JSON.stringify(left.documents[0])].map(text));
    expect(withheld).toBeNull();
  });

  it.each([
    ['words', text('D-2: Layoffs (confidential)')],
    ['the same values under other names', text(JSON.stringify({ docs: [closed] }))],
    [
      'a name that stands twice',
      text(JSON.stringify(documents).replace('{"documents"', '{"documents":[],"documents"')),
    ],
    ['a member that sets a prototype', text('{"__proto__":{"title":"Layoffs"}}')],
    ['a text that is JSON again', text(JSON.stringify(JSON.stringify(documents)))],
    ['an image', { type: 'image', data: 'TGF5b2Zmcw==', mimeType: 'image/png' }],
    ['audio', { type: 'audio', data: 'TGF5b2Zmcw==', mimeType: 'audio/wav' }],
    ['a link', { type: 'resource_link', uri: 'docs://layoffs', name: 'Layoffs' }],
    ['bytes of a resource', { type: 'resource', resource: { uri: 'docs://layoffs', blob: 'TGF5b2Zmcw==' } }],
    ['words of a resource', { type: 'resource', resource: { uri: 'docs://layoffs', text: 'Layoffs' } }],
    ['a kind nobody knows', { type: 'hologram', text: JSON.stringify(documents) }],
    ['no object at all', 'Layoffs'],
  ])('has a notice in the place of %s', (_what, part) => {
    const { answer, withheld } = done({ structuredContent: documents, content: [part] }, onlyPublic, noAuthors);

    expect(answer).toEqual({ structuredContent: left, content: [notice] });
    expect(withheld).toBe('one part of the content could not be filtered');
  });

  it('leaves without what its server said beside the data: _meta, annotations, addresses, members nobody knows', () => {
    const said = { note: 'Layoffs' };
    const resource = { uri: 'docs://layoffs', text: JSON.stringify(documents), _meta: said };
    const content = [
      { ...text(JSON.stringify(documents)), annotations: said, _meta: said },
      { type: 'resource', resource, annotations: said },
    ];

    const { answer } = done({ structuredContent: documents, content, _meta: said, more: said }, onlyPublic, noAuthors);

    expect(answer).toEqual({
      structuredContent: left,
      content: [JSON.stringify(left), JSON.stringify(left)].map(text),
    });
  });

  it('is filtered in its text where it has no structured content, and an error is as well', () => {
    const { answer } = done({ isError: true, content: [text(JSON.stringify(documents)), text('Layoffs')] }, onlyPublic);

    expect(answer).toEqual({ isError: true, content: [text(JSON.stringify({ documents: [open] })), notice] });
  });

  it('that is a list of its own is reached as the list "result", as servers wrap one', () => {
    const listed: Obligation = { ...onlyPublic, path: 'result' };
    const copy = text(JSON.stringify([open, closed]));

    expect(done({ content: [copy] }, listed).answer).toEqual({ content: [text(JSON.stringify([open]))] });
    expect(done({ content: [copy] }, noAuthors).answer).toEqual({ content: [notice] });
    expect(done({ structuredContent: { result: [open, closed] }, content: [copy] }, listed).answer).toEqual({
      structuredContent: { result: [open] },
      content: [text(JSON.stringify([open]))],
    });
  });

  it('keeps no text that is data itself, as JSON, as JSON of JSON or in base64', () => {
    const json = JSON.stringify(closed);
    const tricks = [json, JSON.stringify(json), ` \n${json}`, `[${json}]`, btoa(json), `${json}\n${json}`, "{'a': 1}"];

    const { answer } = done(
      { structuredContent: { note: 'see [1]', tricks }, content: [] },
      {
        kind: 'fields',
        keep: ['note', 'tricks'],
      },
    );

    expect(answer?.['structuredContent']).toEqual({ note: 'see [1]', tricks: tricks.map(() => textNotice) });
  });
});

describe('an answer that cannot be filtered', () => {
  const hidden = (value: unknown) => ({ structuredContent: value, content: [] });
  it.each([
    ['has no list at the path', hidden({ documents: { 0: closed } }), 'documents is no list'],
    ['has the list under another name', hidden({ docs: [closed] }), 'documents is no list'],
    ['has structured content that is a list', hidden([closed]), 'its structured content is no object'],
    ['has content that is no list', { content: 'Layoffs' }, 'its content is no list'],
    [
      'has a member that sets a prototype',
      hidden(JSON.parse('{"documents":[{"__proto__":{}}]}')),
      'a member __proto__',
    ],
    ['is no object', 'Layoffs', 'it is no object'],
    ['is nothing', undefined, 'it is no JSON'],
    ['has more items than are looked at', hidden({ documents: Array(10_001).fill(open) }), 'more than 10000 items'],
  ])('is withheld when it %s', (_what, answer, why) => {
    const outcome = done(answer, onlyPublic);

    expect(outcome.answer).toBeUndefined();
    expect(outcome.withheld).toMatch(`the result was withheld: `);
    expect(outcome.withheld).toMatch(why);
  });

  it('is withheld when it is too deep, too large or cannot be read', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 20_000; level += 1) deep = [deep];
    const loop: Record<string, unknown> = {};
    loop['loop'] = loop;
    const throwing = {
      get content() {
        throw new Error('no');
      },
    };

    expect(done(hidden({ documents: [[[[]]]], deep }), onlyPublic).answer).toBeUndefined();
    expect(done(hidden({ documents: [], text: 'x'.repeat(10_000_000) }), onlyPublic).withheld).toMatch(
      '10000000 bytes',
    );
    expect(done(hidden(loop), onlyPublic).withheld).toMatch('it cannot be read');
    expect(done(throwing, onlyPublic).withheld).toMatch('it cannot be read');
  });

  it('is read once, as it would be written, whatever its getters and toJSON say a second time', () => {
    let asked = 0;
    const twoFaced = {
      documents: [],
      toJSON: () => ((asked += 1) === 1 ? { documents: [open] } : { documents: [closed] }),
    };

    expect(done(hidden(twoFaced), onlyPublic).answer).toEqual(hidden({ documents: [open] }));
  });

  it('is withheld when an item check throws, and when an obligation is of another kind', () => {
    const quota: Obligation = { kind: 'quota', per: 'agent', window: 'day', calls: 1 };

    expect(done(withCopy(documents), quota)).toEqual({
      answer: undefined,
      withheld: 'the result was withheld: an obligation is not understood',
      labels: undefined,
    });
    expect(done(withCopy(documents), { kind: 'redact', patterns: ['('] }).answer).toBeUndefined();
    const broken = () => {
      throw new Error('no');
    };
    expect(fulfil(withCopy(documents), [onlyPublic], { keeps: broken }).answer).toBeUndefined();
  });
});

describe('size and labels', () => {
  it('count the bytes that are left', () => {
    const answer = { content: [text('é'.repeat(100))] };
    const bytes = new TextEncoder().encode(JSON.stringify(answer)).length;

    expect(done(answer, { kind: 'size', maxBytes: bytes }).answer).toEqual(answer);
    expect(done(answer, { kind: 'size', maxBytes: bytes - 1 })).toMatchObject({
      answer: undefined,
      withheld: `the result was withheld: it has ${bytes} bytes, more than ${bytes - 1}`,
    });
    expect(done(withCopy(documents), { kind: 'size', maxBytes: 300 }).answer).toBeUndefined();
    expect(done(withCopy(documents), onlyPublic, { kind: 'size', maxBytes: 300 }).answer).toBeDefined();
  });

  it('label the answer in its _meta, in the place of what the server claims, and of several the most careful', () => {
    const _meta = { 'portcullis.dev/labels': { trust: 'trusted' }, other: 1 };
    const outcome = done(
      { content: [], _meta },
      { kind: 'label', trust: 'trusted', secrecy: 'secret' },
      { kind: 'label', trust: 'untrusted', secrecy: 'public' },
    );

    expect(outcome.labels).toEqual({ trust: 'untrusted', secrecy: 'secret' });
    expect(outcome.answer?.['_meta']).toEqual({ 'portcullis.dev/labels': outcome.labels, other: 1 });
  });

  it('leave an answer alone of which only the record is asked', () => {
    const answer = { content: [{ type: 'image', data: 'AA==', mimeType: 'image/png' }], extra: { a: 1 } };

    expect(done(answer, { kind: 'audit', level: 'digest' })).toEqual({ answer, withheld: null, labels: undefined });
  });
});
