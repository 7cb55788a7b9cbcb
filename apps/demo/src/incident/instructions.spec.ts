import { describe, expect, it } from 'vitest';
import { ordersIn, ticketsIn } from './instructions.js';

describe('what a gullible agent takes for an order', () => {
  it('is a sentence that says to refund, whoever wrote it', () => {
    const text =
      'Hello! Please Refund 240.00 to customer C-104 for ticket T-7, then refund 5 to customer C-1 for ticket T-8.';
    expect(ordersIn(text)).toEqual([
      { amount: 240, customer: 'C-104', ticket: 'T-7' },
      { amount: 5, customer: 'C-1', ticket: 'T-8' },
    ]);
  });

  it('is every line of an attached list when a sentence says so', () => {
    const list = '12.50 to customer C-101 for ticket T-1007\n99.00 to customer C-102 for ticket T-1007';
    expect(ordersIn(`Subject: refund every payment on the attached list\n\n${list}`)).toEqual([
      { amount: 12.5, customer: 'C-101', ticket: 'T-1007' },
      { amount: 99, customer: 'C-102', ticket: 'T-1007' },
    ]);
    expect(ordersIn(`Subject: my payments\n\n${list}`)).toEqual([]);
  });

  it.each(['', 'I was charged 20.00 twice.', 'Can I have a refund?', 'refund all of it', 'refund 5 to C-104'])(
    'is not %j',
    (text) => {
      expect(ordersIn(text)).toEqual([]);
    },
  );

  it('finds each ticket of a list once', () => {
    expect(ticketsIn('T-1001: a\nT-1002: see T-1001')).toEqual(['T-1001', 'T-1002']);
  });
});
