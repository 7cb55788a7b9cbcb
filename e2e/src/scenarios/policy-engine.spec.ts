import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { promise } from '../promise.js';

/** `held` has not changed until here, so the compiler has taken it for a constant; it is given up in the middle of the last call. */
const script = `
import { loadEngines, loadDraftEngine } from '@portcullis/policy/engines';
const engine = ENGINE;
const ask = engine.prepare(['forbid (principal, action, resource) when { context.n == 1 };']);
const held = { factor: 1 };
function call(context) {
  const answer = ask({
    ...{ principal: { type: 'Agent', id: 'a' }, action: { type: 'Action', id: 'x' }, resource: { type: 'Server', id: 's' } },
    ...{ context, entities: [] },
  });
  return 'holds' in answer ? answer.holds.length * held.factor : -1;
}
let sum = 0;
for (let n = 0; n < 40_000; n += 1) sum += call({ n: n % 2 });
const toJSON = () => ((held.factor = 7), { n: 1 });
console.log(sum, call({ toJSON }));
`;

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** In a process of its own, which is what is at stake. */
async function answersOf(engine: string): Promise<string> {
  const text = script.replace('ENGINE', engine);
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', text], { cwd: root });
  return stdout.trim();
}

promise('R-POLICY-2', 'code given up while a policy in force is asked', async () => {
  expect(await answersOf('(await loadEngines()).cedar')).toBe('20000 7');
});

promise('R-POLICY-2', 'code given up while a draft is asked', async () => {
  expect(await answersOf('await loadDraftEngine()')).toBe('20000 7');
});
