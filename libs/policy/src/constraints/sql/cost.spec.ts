import { sqlTextLimit } from '@portcullis/contracts';
import { describe, expect, test } from 'vitest';
import { loadEngines } from '../../engines/index.js';
import { askedWith } from './asked.fixture.js';

const engines = await loadEngines();
const asked = askedWith({ kind: 'sql', path: 'sql', statements: ['select'], tables: ['public.*'] }, engines);
const said = (sql: string) => asked({ sql });

/** `part` as often as there is room for, between `before` and as many `after`. */
function filled(before: string, part: string, middle = '', after = ''): string {
  const times = Math.floor((sqlTextLimit - before.length - middle.length) / (part.length + after.length));
  return before + part.repeat(times) + middle + after.repeat(times);
}

/**
 * Within 50 ms on a machine that does nothing else. Counted is the processor's time, so that a busy machine does not matter, and
 * ten times as much, with what runs beside in the same process: what grows without bound is far above.
 */
const mostMs = 500;
const processorMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const mostBytes = 64 * 1024 * 1024;

describe('SQL made to cost', () => {
  test.each([
    ['columns', filled('select a', ',a')],
    ['numbers', filled('select 1', ',1')],
    ['texts', filled("select ''", ",''")],
    ['rows', filled('values (1)', ',(1)')],
    ['tables', filled('select from a', ',a')],
    ['sorting', filled('select a order by a', ',a')],
    ['sums', filled('select 1', '+1')],
    ['casts', filled('select 1', '::int')],
    ['unions', filled('table a', ' union all table a')],
    ['one long operator', filled('select 1 ', '+')],
    ['comments in comments', filled('select 1 ', '/*', '', '*/')],
    ['comments that do not end', filled('', '/*')],
    ['comments one after the other', filled('select 1 ', '/**/')],
    ['statements', filled('select 1', ';select 1')],
    ['parentheses', filled('select ', '(', '1', ')')],
    ['parentheses that do not end', filled('select ', '(')],
    ['queries in queries', filled('select ', '(select ', '1', ')')],
    ['lists in lists', filled('select array', '[', '1', ']')],
    ['calls in calls', filled('select ', 'f(', '1', ')')],
    ['rows in rows', filled('select ', '((', '1', ',1),1)')],
    ['quotes', filled("select '", "''")],
    ['dollars', filled('select ', '$a$$a$')],
    ['a name', filled('select ', 'é')],
    ['signs of four bytes', filled('select "', '😀')],
    ['ten megabytes', 'select 1,'.repeat(1_100_000)],
  ])('by %s is answered in time, and so is the next', (_name, sql) => {
    const memory = process.memoryUsage().rss;
    const begin = processorMs();
    const answer = said(sql);
    expect(processorMs() - begin).toBeLessThan(mostMs);
    expect(process.memoryUsage().rss - memory).toBeLessThan(mostBytes);
    expect([undefined, expect.stringMatching(/^sql (is|has|holds|reads|calls|casts) /)]).toContainEqual(answer);
    expect(said('select 1')).toBeUndefined();
    expect(said('drop table a')).toBe('sql is DROP, which is never allowed');
  });
});
