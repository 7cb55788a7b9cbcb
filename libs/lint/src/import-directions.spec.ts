import { realpathSync } from 'node:fs';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { afterEach, describe, expect, it } from 'vitest';
import { cruiseOptions, importRules, runtimeRules } from './import-directions.mjs';
import { fixtureTree } from './testing/fixture-tree.js';

const projects = ['contracts', 'policy', 'guard', 'mcp-guard', 'testkit', 'postgres'];
const packages = ['typeorm', '@nestjs/common', 'react', '@modelcontextprotocol/sdk', 'pg', 'undeclared'];
const manifest = (name: string) =>
  JSON.stringify({
    name,
    type: 'module',
    dependencies: Object.fromEntries([...packages.slice(0, -1), '@portcullis/testkit'].map((one) => [one, '1.0.0'])),
    exports: { '.': { 'portcullis-source': './src/index.ts' } },
  });

const skeleton = {
  'package.json': '{ "name": "root", "private": true }',
  ...Object.fromEntries(packages.map((name) => [`node_modules/${name}/index.js`, 'module.exports = {};'])),
  ...Object.fromEntries(
    packages.map((name) => [`node_modules/${name}/package.json`, `{ "name": "${name}", "version": "1.0.0" }`]),
  ),
  ...Object.fromEntries(projects.map((name) => [`libs/${name}/package.json`, manifest(`@portcullis/${name}`)])),
  ...Object.fromEntries(projects.map((name) => [`libs/${name}/src/index.ts`, 'export const x = 1;'])),
  ...Object.fromEntries(
    ['control-plane', 'console', 'cli', 'demo'].map((name) => [`apps/${name}/package.json`, manifest(name)]),
  ),
  'e2e/package.json': manifest('e2e'),
};
const links = Object.fromEntries(projects.map((name) => [`node_modules/@portcullis/${name}`, `libs/${name}`]));

let close = (): void => undefined;
afterEach(() => close());

async function broken(
  files: Record<string, string>,
  forbidden: object[] = importRules(),
  onlyRuntime = false,
): Promise<string[]> {
  const tree = fixtureTree({ ...skeleton, ...files }, links);
  close = tree.close;
  const { enhancedResolveOptions, ...options } = cruiseOptions;
  const result = await cruise(
    ['libs', 'apps', 'e2e'],
    {
      ...options,
      baseDir: realpathSync(tree.root),
      validate: true,
      tsPreCompilationDeps: !onlyRuntime,
      ruleSet: { forbidden, options: {} },
    } as never,
    enhancedResolveOptions as never,
    { tsConfig: { options: { verbatimModuleSyntax: true } } } as never,
  );
  const { violations } = (result.output as ICruiseResult).summary;
  return violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`).sort();
}

const uses = (...sources: string[]) => sources.map((source, n) => `import * as m${n} from '${source}';`).join('\n');

describe('imports point one way', () => {
  it('accepts the directions of the design', async () => {
    expect(
      await broken({
        'libs/policy/src/decide.ts': uses('@portcullis/contracts'),
        'libs/policy/src/engines/cedar.ts': uses('node:v8'),
        'libs/guard/src/guard.ts': uses('@portcullis/policy', '@portcullis/contracts', 'node:fs'),
        'libs/mcp-guard/src/protect.ts': uses('@portcullis/guard', '@modelcontextprotocol/sdk'),
        'apps/control-plane/src/agents/agents.entity.ts': uses('typeorm', '@nestjs/common', '@portcullis/policy'),
        'apps/control-plane/src/link/feed.ts': uses('pg', '@portcullis/contracts'),
        'apps/console/src/agents/AgentsPage.tsx': uses('react', '@portcullis/contracts', '../parts/Notice.js'),
        'apps/console/src/parts/Notice.tsx': 'export const Notice = 1;',
        'libs/guard/src/guard.spec.ts': uses('@portcullis/testkit'),
      }),
    ).toEqual([]);
  });

  it.each([
    ['directions-contracts', 'libs/contracts/src/a.ts', '@portcullis/policy'],
    ['directions-policy', 'libs/policy/src/a.ts', '@portcullis/guard'],
    ['directions-guard', 'libs/guard/src/a.ts', '@portcullis/mcp-guard'],
    ['directions-control-plane', 'apps/control-plane/src/a.ts', '@portcullis/guard'],
    ['directions-console', 'apps/console/src/a.ts', '@portcullis/postgres'],
    ['directions-demo-tests', 'apps/demo/src/a.spec.ts', '../../cli/src/kill.js'],
    ['directions-cli', 'apps/cli/src/a.ts', '../../demo/src/kill.js'],
    ['test-support-in-tests-only', 'libs/guard/src/a.ts', '@portcullis/testkit'],
    ['nest-and-typeorm-stay-home', 'libs/guard/src/a.ts', 'typeorm'],
    ['nest-and-typeorm-stay-home', 'apps/cli/src/a.ts', '@nestjs/common'],
    ['react-in-console-only', 'libs/contracts/src/a.ts', 'react'],
    ['mcp-sdk-in-mcp-guard-only', 'libs/guard/src/a.ts', '@modelcontextprotocol/sdk'],
    ['policy-runs-anywhere', 'libs/policy/src/a.ts', 'node:fs'],
    ['policy-runs-anywhere', 'libs/boundary/src/a.ts', 'node:fs'],
    ['resolvable', 'libs/guard/src/a.ts', './nowhere.js'],
    ['declared-dependencies', 'libs/guard/src/a.ts', 'undeclared'],
    ['by-package-name', 'libs/guard/src/a.ts', '../../contracts/src/index.js'],
    ['features-stand-alone', 'apps/console/src/agents/a.ts', '../servers/b.js'],
  ])('%s: refuses %s importing %s', async (rule, file, source) => {
    const found = await broken({
      [file]: uses(source),
      'apps/cli/src/kill.ts': 'export const kill = 1;',
      'apps/demo/src/kill.ts': 'export const kill = 1;',
      'apps/console/src/servers/b.ts': 'export const b = 1;',
    });
    expect(found.map((line) => line.split(':')[0])).toContain(rule);
  });

  it('refuses Nest in the link and the lane, even through another file', async () => {
    const files = {
      'apps/control-plane/src/link/feed.ts': uses('../platform/config.js'),
      'apps/control-plane/src/lane/stop.ts': uses('typeorm'),
      'apps/control-plane/src/lane.ts': uses('./lane/stop.js'),
      'apps/control-plane/src/platform/config.ts': uses('@nestjs/common'),
    };
    const found = await broken(files, runtimeRules, true);
    expect(found.map((line) => line.split(' ')[1])).toEqual([
      'apps/control-plane/src/lane.ts',
      'apps/control-plane/src/lane/stop.ts',
      'apps/control-plane/src/link/feed.ts',
    ]);
  });

  it('accepts a type of theirs there, because types are erased', async () => {
    const files = {
      'apps/control-plane/src/lane/stop.ts': "import type { x } from 'typeorm';\nexport type Y = typeof x;",
    };
    expect(await broken(files, runtimeRules, true)).toEqual([]);
  });

  it('lets tests and what stands beside them use the testkit, and nothing shipped use those', async () => {
    const found = await broken({
      'libs/guard/src/started.fixture.ts': uses('@portcullis/testkit'),
      'libs/guard/src/testing/desk.ts': uses('@portcullis/testkit'),
      'libs/guard/src/guard.spec.ts': uses('./started.fixture.js', './testing/desk.js'),
      'libs/guard/src/guard.ts': uses('./started.fixture.js'),
    });
    expect(found).toEqual(['test-support-in-tests-only: libs/guard/src/guard.ts -> libs/guard/src/started.fixture.ts']);
  });

  it('refuses a cycle', async () => {
    const found = await broken({
      'libs/guard/src/a.ts': "export * from './b.js';",
      'libs/guard/src/b.ts': "export * from './a.js';",
    });
    expect(found.some((line) => line.startsWith('no-cycles'))).toBe(true);
  });

  it('says in every rule why, in a sentence a newcomer can act on', () => {
    for (const { name, comment } of [...importRules(), ...runtimeRules])
      expect(comment.length, name).toBeGreaterThan(20);
  });
});
