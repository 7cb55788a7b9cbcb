import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

const source = ['portcullis-source', 'node', 'import', 'module', 'default'];

function project(
  name: string,
  root: string,
  test: TestProjectInlineConfiguration['test'] = {},
): TestProjectInlineConfiguration {
  return {
    extends: true,
    test: { name, root, include: ['src/**/*.spec.{ts,tsx}'], exclude: ['**/node_modules/**', '**/dist/**'], ...test },
  };
}

const libraries = ['contracts', 'policy', 'boundary', 'ledger', 'guard', 'mcp-guard', 'postgres', 'testkit', 'lint'];
const applications = ['control-plane', 'cli', 'demo'];
const browserSpecs = 'src/browser/**/*.spec.ts';

/** Scenarios own whole installs (processes, ports, a database) and mostly wait, so two at a time; after everything else. */
const wholeInstalls = { testTimeout: 120_000 };

/** What promises a number of seconds is measured alone. */
const timedSpecs = ['src/scenarios/start.spec.ts', 'src/scenarios/lease.spec.ts'];
const alone = { fileParallelism: false, testTimeout: 120_000 };

export default defineConfig({
  // graphql's main is 'index': .mjs first would load a second copy of it beside the one its own dependants get.
  resolve: { conditions: source, extensions: ['.js', '.mjs', '.ts', '.mts', '.tsx', '.jsx', '.json'] },
  // Handed to Node as they are, for require as well: 'import' or 'module' among them would give CommonJS packages ES modules.
  ssr: { resolve: { conditions: ['portcullis-source', 'node'] } },
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  test: {
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 120_000,
    projects: [
      ...libraries.map((name) => project(name, `libs/${name}`)),
      ...applications.map((name) => project(name, `apps/${name}`)),
      project('migrations', 'migrations'),
      project('console', 'apps/console', { environment: 'jsdom', globalSetup: ['src/testing/one-build.ts'] }),
      project('e2e', 'e2e', {
        ...wholeInstalls,
        exclude: ['**/dist/**', browserSpecs, ...timedSpecs],
        sequence: { groupOrder: 1 },
      }),
      project('timed', 'e2e', { ...alone, include: timedSpecs, sequence: { groupOrder: 2 } }),
      project('browser', 'e2e', { ...alone, include: [browserSpecs], sequence: { groupOrder: 3 } }),
    ],
  },
});
