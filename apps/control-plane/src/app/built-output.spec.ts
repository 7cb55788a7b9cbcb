import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));

/** Entities that need each other pass under a test runner and crash as native modules; so does a decorator without its metadata. */
describe('the built output', () => {
  it.each(['app/app.module.js', 'database/entities.js', 'graphql/schema-text.js'])(
    '%s can be imported by Node',
    (file) => {
      const built = `${dist}${file}`;
      if (!existsSync(built)) throw new Error('apps/control-plane is not built; run npm run build');
      const program = `import 'reflect-metadata'; await import(${JSON.stringify(built)});`;
      const run = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
      expect(run.stderr.replace(/^oidc-provider WARNING.*\n/m, '')).toBe('');
      expect(run.status).toBe(0);
    },
  );
});
