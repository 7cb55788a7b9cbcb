import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const codegen = 'apps/control-plane/dist/codegen.js';

/**
 * Whether libs/contracts/schema.graphql is what the resolvers say.
 * @returns {{ state: 'same' | 'differs' | 'not built', text: string }}
 */
export function schemaDrift(root) {
  const script = path.join(root, codegen);
  if (!existsSync(script)) return { state: 'not built', text: `${codegen} is not built; run \`npm run build\`` };
  const run = spawnSync(process.execPath, [script, '--check'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (run.status === 0) return { state: 'same', text: '' };
  const output = `${run.stdout}${run.stderr}`.trim();
  return {
    state: 'differs',
    text:
      `${output}\nlibs/contracts/schema.graphql is the API's reviewable text and must say what the code says. ` +
      'Run `npm run build && npm run codegen`, read the difference as a reviewer of the API would, and commit it.',
  };
}
