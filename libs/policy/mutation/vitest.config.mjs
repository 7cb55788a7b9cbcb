import { defineConfig } from 'vitest/config';

/** The specs of policy alone. Random tests draw fewer samples: a mutant that survives a hundred of them is listed, not excused. */
export default defineConfig({
  resolve: { conditions: ['portcullis-source', 'node', 'import', 'module', 'default'] },
  ssr: { resolve: { conditions: ['portcullis-source', 'node'] } },
  test: {
    root: 'libs/policy',
    include: ['src/**/*.spec.ts'],
    exclude: ['src/oracle/**'],
    setupFiles: ['mutation/fewer-samples.mjs'],
    testTimeout: 30_000,
    // One module graph for all files: importing it anew for each took longer than the tests.
    isolate: false,
    pool: 'threads',
    fileParallelism: false,
  },
});
