import { describe, expect, it } from 'vitest';
import { attributesIn } from './attribute-lines.js';

describe('attributes written one a line', () => {
  it('are text, numbers and truth values', () => {
    expect(attributesIn('customerId: C-104\n\n vip : true\namount: -1.5\nnote: a: b')).toEqual({
      customerId: 'C-104',
      vip: true,
      amount: -1.5,
      note: 'a: b',
    });
  });

  it('keep as text what a number would lose', () => {
    expect(attributesIn('account: 007\nlong: 12345678901234567890')).toEqual({
      account: '007',
      long: '12345678901234567890',
    });
  });

  it.each(['customerId', '9lives: no', 'two words: no'])(
    'are none of them when a line is not name: value (%s)',
    (line) => {
      expect(attributesIn(`vip: true\n${line}`)).toBeNull();
    },
  );
});
