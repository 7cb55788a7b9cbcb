import { describe, expect, it } from 'vitest';
import { entryLines } from './entry-lines.js';

describe('pasted lines', () => {
  it('are entries, each value once however it is written', () => {
    expect(entryLines('email', 'ada@example.com\r\n\n  ada@EXAMPLE.com \nbob@example.com').entries).toEqual([
      { line: 1, value: 'ada@example.com' },
      { line: 4, value: 'bob@example.com' },
    ]);
  });

  it('that cannot be read are named by their number, counting empty ones', () => {
    const { bad, entries } = entryLines('email', 'Ada\n\nada@example.com\neve@');
    expect(bad.map(({ line, value }) => [line, value])).toEqual([
      [1, 'Ada'],
      [4, 'eve@'],
    ]);
    expect(bad[0]?.message).toContain('a plain e-mail address');
    expect(entries).toHaveLength(1);
  });

  it('of nothing are nothing', () => {
    expect(entryLines('phone', ' \n\n')).toEqual({ entries: [], bad: [] });
  });
});
