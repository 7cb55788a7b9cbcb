import { realpathSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { fixtureTree } from '../testing/fixture-tree.js';
import { missingDocstrings } from './docstrings.mjs';

let close = (): void => undefined;
afterEach(() => close());

function missing(files: Record<string, string>): string[] {
  const tree = fixtureTree({ 'package.json': '{ "type": "module" }', ...files });
  close = tree.close;
  return missingDocstrings(realpathSync(tree.root), ['src/index.ts']);
}

describe('every public export says what it is for', () => {
  it('refuses an export without a docstring, where it is declared', () => {
    const found = missing({
      'src/index.ts': "export { decide } from './decide.js';",
      'src/decide.ts': '\nexport function decide() {}',
    });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^src\/decide\.ts:2: `decide` is public and has no docstring.*Say what it is for/);
  });

  it.each([
    ['a type', 'export interface Call {}'],
    ['a constant', 'export const limit = 1;'],
    ['an empty docstring', '/** */ export const limit = 1;'],
    ['an ordinary comment', '// the limit\nexport const limit = 1;'],
  ])('refuses %s', (_, text) => expect(missing({ 'src/index.ts': text })).toHaveLength(1));

  it('accepts documented exports, and a type that only names a documented value', () => {
    const text = `
      /** The tasks. */ export const tasks = ['a'] as const;
      export type Task = (typeof tasks)[number];
      /** Decides. */ export function decide() {}
      const hidden = 1;`;
    expect(missing({ 'src/index.ts': text })).toEqual([]);
  });
});
