import { afterEach, describe, expect, it } from 'vitest';
import { fixtureTree } from '../testing/fixture-tree.js';
import { filesGate, longestSource, longestSpec } from './files-gate.mjs';

let close = (): void => undefined;
afterEach(() => close());

function troubles(
  files: Record<string, string>,
  allowed: { file: string; gate: 'size' | 'name'; reason: string }[] = [],
): string[] {
  const tree = fixtureTree(files);
  close = tree.close;
  return filesGate(tree.root, { allowed });
}

const lines = (count: number) => 'const a = 1;\n'.repeat(count);

describe('file sizes', () => {
  it('accepts a file at the limit and refuses one line more, with what to do', () => {
    expect(troubles({ 'src/follower.ts': lines(longestSource) })).toEqual([]);
    expect(troubles({ 'src/follower.ts': lines(longestSource + 1) })[0]).toMatch(
      /follower\.ts: 301 lines, at most 300.*second one/,
    );
  });

  it('gives specs more room, and a limit too', () => {
    expect(troubles({ 'src/follower.spec.ts': lines(longestSpec) })).toEqual([]);
    expect(troubles({ 'src/follower.spec.ts': lines(longestSpec + 1) })).toHaveLength(1);
  });

  it('lets a named exception through, and fails on one that is no longer needed', () => {
    const allowed = [{ file: 'src/follower.ts', gate: 'size' as const, reason: 'a table' }];
    expect(troubles({ 'src/follower.ts': lines(400) }, allowed)).toEqual([]);
    expect(troubles({ 'src/follower.ts': lines(4) }, allowed)[0]).toMatch(/no longer needed/);
  });
});

describe('file names', () => {
  it.each([
    'src/grants.commands.ts',
    'src/0001-change-log.ts',
    'src/AgentsPage.tsx',
    'src/AgentsPage.module.css',
    'src/main.tsx',
    'src/database.ts',
  ])('accepts %s', (file) => expect(troubles({ [file]: '' })).toEqual([]));

  it.each(['src/GrantCommands.ts', 'src/grant_commands.ts', 'src/grantCommands.ts', 'src/kill_panel.tsx'])(
    'refuses the case of %s',
    (file) => {
      expect(troubles({ [file]: '' })[0]).toMatch(/kebab-case/);
    },
  );

  it.each([
    'src/utils.ts',
    'src/date-utils.ts',
    'src/common/dates.ts',
    'src/helpers/a.ts',
    'src/misc.ts',
    'src/guard-manager.ts',
    'src/base.service.ts',
  ])('refuses the empty name %s', (file) => expect(troubles({ [file]: '' })[0]).toMatch(/not what it answers/));
});

describe('marks and colours', () => {
  it('refuses unfinished work', () => {
    expect(troubles({ 'src/a.ts': 'const a = 1;\n// TODO later\n' })[0]).toMatch(/a\.ts:2: an unfinished mark/);
    expect(troubles({ 'src/a.yaml': '# FIXME\n' })).toHaveLength(1);
  });

  it('refuses a colour in a style sheet outside the theme', () => {
    expect(troubles({ 'apps/console/src/agents/a.css': 'a { color: #fff; }' })[0]).toMatch(/a\.css:1: #fff/);
    expect(troubles({ 'apps/console/src/theme/ink.css': ':root { --ink: #fff; }' })).toEqual([]);
    expect(troubles({ 'apps/console/src/agents/a.css': 'a { color: var(--ink); fill: url(#add); }' })).toEqual([]);
  });
});
