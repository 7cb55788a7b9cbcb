import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { fixtureTree } from '../testing/fixture-tree.js';
import { schemaDrift } from './schema-drift.mjs';

let close = (): void => undefined;
afterEach(() => close());

function drift(files: Record<string, string>) {
  const tree = fixtureTree(files);
  close = tree.close;
  return schemaDrift(tree.root);
}

const codegen = (text: string) => ({ 'apps/control-plane/dist/codegen.js': text });

describe('the committed schema is what the code says', () => {
  it('says so when the check agrees', () => {
    expect(drift(codegen("process.exit(process.argv[2] === '--check' ? 0 : 7);")).state).toBe('same');
  });

  it('fails on a difference, shows it, and says what to do', () => {
    const { state, text } = drift(codegen("console.log('+ agents: [Agent!]!'); process.exit(1);"));
    expect(state).toBe('differs');
    expect(text).toMatch(/agents: \[Agent!\]!\n.*npm run codegen/s);
  });

  it('does not pass for checked when nothing is built', () => {
    expect(drift({}).state).toBe('not built');
  });

  it('holds for this repository', (context) => {
    const { state, text } = schemaDrift(path.resolve(import.meta.dirname, '../../../..'));
    if (state === 'not built') context.skip(text);
    expect(text).toBe('');
  });
});
