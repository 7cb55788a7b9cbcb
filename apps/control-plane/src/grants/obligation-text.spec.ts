import { describe, expect, it } from 'vitest';
import { obligationText } from './obligation-text.js';

const unless = [
  { kind: 'max', path: 'amount', value: 100 },
  { kind: 'equal', path: 'currency', value: 'EUR' },
];

describe('an obligation in words', () => {
  it.each([
    [{ kind: 'fields', keep: ['id', 'subject', 'status'] }, 'only id, subject and status'],
    [{ kind: 'fields', drop: ['items.*.card'] }, 'without items.*.card'],
    [
      {
        kind: 'items',
        path: 'documents',
        where: [{ kind: 'one-of', path: 'classification', values: ['public', 'x'] }],
      },
      'items of documents where classification one of "public" or "x"',
    ],
    [{ kind: 'redact', what: ['email', 'card'] }, 'e-mail addresses and card numbers blacked out'],
    [{ kind: 'redact', what: ['secret'], patterns: ['T-[0-9]+'] }, 'secrets and what matches T-[0-9]+ blacked out'],
    [{ kind: 'size', maxBytes: 65_536 }, 'at most 64 KiB'],
    [{ kind: 'size', maxBytes: 2_097_152 }, 'at most 2 MiB'],
    [{ kind: 'size', maxBytes: 65_000 }, 'at most 65000 bytes'],
    [{ kind: 'label', trust: 'untrusted', secrecy: 'internal' }, 'labelled untrusted, internal'],
    [{ kind: 'audit', level: 'full' }, 'recorded in full'],
    [{ kind: 'audit', level: 'digest' }, 'recorded by hashes only'],
    [{ kind: 'quota', per: 'agent', window: 'hour', calls: 3 }, 'at most 3 calls an hour per agent'],
    [{ kind: 'quota', per: 'conversation', window: 'minute', calls: 1 }, 'at most 1 call a minute per conversation'],
    [
      { kind: 'quota', per: 'user', window: 'day', amount: { path: 'amount', max: 1000 } },
      'amount at most 1000 a day per user',
    ],
    [{ kind: 'approval', group: 'finance' }, 'approval of finance'],
    [
      { kind: 'approval', group: 'finance', unless },
      'approval of finance unless amount at most 100 and currency exactly "EUR"',
    ],
    [{ kind: 'moon-phase', is: 'full' }, '{"kind":"moon-phase","is":"full"}'],
  ])('%j', (obligation, words) => expect(obligationText(obligation)).toBe(words));
});
