import { defineConfig } from 'vitest/config';

const decorators = { legacy: true, emitDecoratorMetadata: true };

function project(name: string, root: string) {
  return {
    extends: true as const,
    test: { name, root, include: ['src/**/*.spec.ts', 'src/**/*.spec.tsx'], exclude: ['**/node_modules/**', '**/dist/**'] },
  };
}

export default defineConfig({
  resolve: { conditions: ['portcullis-source', 'node', 'import', 'module', 'default'] },
  ssr: { resolve: { conditions: ['portcullis-source', 'node', 'import', 'module', 'default'] } },
  oxc: { decorator: decorators },
  test: {
    testTimeout: 30_000,
    hookTimeout: 120_000,
    projects: [
      ...['contracts', 'policy', 'ledger', 'guard', 'mcp-guard', 'postgres', 'testkit', 'lint'].map((name) =>
        project(name, `libs/${name}`),
      ),
      ...['control-plane', 'cli', 'demo', 'console'].map((name) => project(name, `apps/${name}`)),
      project('migrations', 'migrations'),
      project('e2e', 'e2e'),
    ],
  },
});
