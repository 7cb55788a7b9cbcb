import { describe, expect, test } from 'vitest';
import { suggestClasses } from './suggest-classes.js';

const named = (name: string, annotations?: unknown) => suggestClasses({ name, annotations }).map((one) => one.name);

describe('the classes proposed for a tool', () => {
  test.each([
    ['list_tickets', ['read']],
    ['refund', ['payments']],
    ['payInvoice', ['payments']],
    ['delete-user', ['destructive']],
    ['crm.update', ['write']],
    ['send_email', ['egress']],
    ['http_fetch', ['egress']],
    ['getAndDelete', ['destructive']],
    ['get_invoice', ['payments']],
    ['find_and_rename', ['write']],
    ['read_sms', ['egress']],
    ['frobnicate', []],
    ['listing', []],
    ['', []],
  ])('by the name %s are %j', (name, classes) => {
    expect(named(name)).toEqual(classes);
  });

  test.each([
    [{ readOnlyHint: true }, ['read']],
    [{ destructiveHint: true }, ['destructive']],
    [{ destructiveHint: false }, ['write']],
    [{ idempotentHint: true }, ['write']],
    [{ openWorldHint: true, readOnlyHint: true }, ['egress']],
    [{ readOnlyHint: true, destructiveHint: true }, ['read']],
    ['readOnlyHint', []],
    [null, []],
  ])('by what the server says, %j, are %j', (annotations, classes) => {
    expect(named('frobnicate', annotations)).toEqual(classes);
  });

  test('come with what speaks for each, and the server’s word never outweighs the name', () => {
    expect(suggestClasses({ name: 'delete_user', annotations: { readOnlyHint: true } })).toEqual([
      { name: 'destructive', reasons: ['its name says “delete”'] },
    ]);
    expect(suggestClasses({ name: 'list_all', annotations: { readOnlyHint: true } })).toEqual([
      {
        name: 'read',
        reasons: ['its name says “list”', 'its server says that it only reads (readOnlyHint)'],
      },
    ]);
  });

  test.each([
    [{ readOnlyHint: true }, 'its server says that it only reads (readOnlyHint)'],
    [{ destructiveHint: true }, 'its server says that it may destroy (destructiveHint)'],
    [{ destructiveHint: false }, 'its server says that it changes without destroying (destructiveHint)'],
    [{ idempotentHint: true }, 'its server says that doing it twice is doing it once (idempotentHint)'],
    [{ openWorldHint: true }, 'its server says that it reaches outside (openWorldHint)'],
  ])('by what the server says, %j, come with that', (annotations, reason) => {
    const suggested = suggestClasses({ name: 'frobnicate', annotations });
    expect(suggested.map(({ reasons }) => reasons)).toEqual([[reason]]);
  });
});
