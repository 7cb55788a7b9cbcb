import { describe, expect, it } from 'vitest';
import { lintText } from '../testing/lint-text.js';

const messages = (text: string) => lintText('no-sleeping-tests', text, 'src/example.spec.ts');

describe('no test is switched off in the source', () => {
  it.each([
    "it.skip('a', f);",
    "it.only('a', f);",
    "describe.only('a', f);",
    "test.todo('a');",
    "it.skipIf(isMac)('a', f);",
    "describe.concurrent.skip('a', f);",
    "it.runIf(isRoot)('a', f);",
    "xit('a', f);",
  ])('refuses %s', (text) => {
    expect(messages(text)).toHaveLength(1);
    expect(messages(text)[0]).toMatch(/takes tests out of every run.*context\.skip/);
  });

  it('refuses a skip that does not say why', () => {
    expect(messages("it('a', (context) => context.skip());")[0]).toMatch(/says why/);
  });

  it.each([
    "it('a', (context) => context.skip('no browser is installed'));",
    "it.each([1])('a %s', f);",
    'stream.skip(3);',
  ])('accepts %s', (text) => {
    expect(messages(text)).toEqual([]);
  });
});
