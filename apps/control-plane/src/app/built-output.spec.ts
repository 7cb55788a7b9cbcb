import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
const isBuilt = existsSync(`${dist}app/app.module.js`);

/** Entities that need each other pass under a test runner and crash as native modules; so does a decorator without its metadata. */
describe.skipIf(!isBuilt)('the built output', () => {
  it.each(['app/app.module.js', 'database/entities.js', 'graphql/schema-text.js'])(
    '%s can be imported by Node',
    (file) => {
      const run = spawnSync(
        process.execPath,
        ['--input-type=module', '-e', `import 'reflect-metadata'; await import(${JSON.stringify(`${dist}${file}`)});`],
        { encoding: 'utf8' },
      );
      expect(run.stderr.replace(/^oidc-provider WARNING.*\n/m, '')).toBe('');
      expect(run.status).toBe(0);
    },
  );
});
