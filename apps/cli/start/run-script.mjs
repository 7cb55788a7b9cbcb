import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ToldProblem } from './problem.mjs';

/**
 * Runs a script to its end. When it fails, its own line stands; without one, `otherwise` is told.
 * @param {string} script
 * @param {Record<string, string>} environment
 * @param {import('./problem.mjs').StartProblem} otherwise
 */
export async function runScript(script, environment, otherwise) {
  const child = spawn(process.execPath, [script], { env: environment, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8');
  child.stderr.on('data', (text) => (said += text));
  const [status] = await once(child, 'close');
  if (status === 0) return;
  process.stderr.write(said);
  const hasTold = /^portcullis: \w+: /m.test(said);
  throw hasTold ? new ToldProblem(status >= 2 && status <= 5 ? status : otherwise.exit) : otherwise;
}
