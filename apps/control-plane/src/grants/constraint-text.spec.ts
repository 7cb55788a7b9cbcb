import { describe, expect, it } from 'vitest';
import { constraintText } from './constraint-text.js';

describe('a constraint in words', () => {
  it.each([
    [{ kind: 'min', path: 'amount', value: 5 }, 'amount at least 5'],
    [{ kind: 'max', path: 'amount', value: 100 }, 'amount at most 100'],
    [{ kind: 'max', path: 'items.*.price', value: 100 }, 'every items.*.price at most 100'],
    [{ kind: 'length', path: 'note', max: 1 }, 'note of at most 1 character'],
    [{ kind: 'length', path: 'note', min: 2, max: 200 }, 'note of 2 to 200 characters'],
    [{ kind: 'length', path: 'pin', min: 4, max: 4 }, 'pin of exactly 4 characters'],
    [{ kind: 'length', path: 'note', min: 2 }, 'note of at least 2 characters'],
    [{ kind: 'one-of', path: 'currency', values: ['EUR', 'USD', 1] }, 'currency one of "EUR", "USD" or 1'],
    [{ kind: 'one-of', path: 'currency', values: ['EUR'] }, 'currency one of "EUR"'],
    [{ kind: 'equal', path: 'dryRun', value: true }, 'dryRun exactly true'],
    [
      { kind: 'equal-claim', path: 'customerId', claim: 'conversation.customerId' },
      "customerId equal to the conversation's customerId",
    ],
    [{ kind: 'equal-claim', path: 'owner', claim: 'user' }, "owner equal to the token's user"],
    [{ kind: 'prefix', path: 'file', prefix: 'reports/' }, 'file beginning with "reports/"'],
    [{ kind: 'glob', path: 'file', glob: 'docs/**/*.md' }, 'file fitting docs/**/*.md'],
    [{ kind: 'pattern', path: 'ticket', pattern: 'T-[0-9]+' }, 'ticket matching T-[0-9]+ as a whole'],
    [
      { kind: 'hosts', path: 'url', hosts: ['api.example.com', '*.example.org'] },
      'url at api.example.com or any host below example.org, by https',
    ],
    [
      { kind: 'hosts', path: 'url', hosts: ['a.example'], schemes: ['http', 'https'] },
      'url at a.example, by http or https',
    ],
    [{ kind: 'cidr', path: 'address', networks: ['10.0.0.0/8', '::1'] }, 'address within 10.0.0.0/8 or ::1'],
    [{ kind: 'forbidden', path: 'force' }, 'force not given'],
    [{ kind: 'items', path: 'to', min: 1, max: 5 }, 'to a list with 1 to 5 items'],
    [
      {
        kind: 'items',
        path: 'lines',
        max: 1,
        each: [
          { kind: 'length', path: '.', max: 9 },
          { kind: 'max', path: 'price', value: 10 },
        ],
      },
      'lines a list with at most 1 item; each item: of at most 9 characters, price at most 10',
    ],
    [
      { kind: 'sql', path: 'query', statements: ['select'], tables: ['public.tickets'], maxRows: 100 },
      'query a single SELECT over public.tickets, at most 100 rows',
    ],
    [
      {
        kind: 'sql',
        path: 'query',
        statements: ['select', 'update', 'delete'],
        tables: ['public.tickets', 'crm.*'],
        columns: { 'public.tickets': ['id', 'status'] },
        functions: ['similarity'],
        everyRow: true,
      },
      'query a single SELECT, UPDATE or DELETE (also of every row) over public.tickets (only id, status) or any table of crm, calling also similarity',
    ],
    [
      { kind: 'sql', path: 'query', statements: ['insert'], tables: ['crm.notes'], maxRows: 1, defaultSchema: 'crm' },
      'query a single INSERT over crm.notes, at most 1 row, names without a schema in crm',
    ],
    [{ kind: 'moon-phase', is: 'full' }, '{"kind":"moon-phase","is":"full"}'],
  ])('%j', (constraint, words) => expect(constraintText(constraint)).toBe(words));
});
