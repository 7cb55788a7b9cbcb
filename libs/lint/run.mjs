#!/usr/bin/env node
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { missingDocstrings } from './src/gates/docstrings.mjs';
import { filesGate } from './src/gates/files-gate.mjs';
import { schemaDrift } from './src/gates/schema-drift.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const modules = path.join(root, 'node_modules');
const cache = path.join(modules, '.cache', 'lint');

function tool(script, ...args) {
  const child = spawn(process.execPath, [path.join(modules, script), ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((resolve) => child.once('exit', (code) => resolve(code === 0)));
}

function gate(troubles) {
  troubles.forEach((trouble) => console.log(`  ${trouble}`));
  return troubles.length === 0;
}

function schema() {
  const drift = schemaDrift(root);
  if (drift.state !== 'same') console.log(`  ${drift.text}`);
  return drift.state === 'not built' ? 'skipped' : drift.state === 'same';
}

function cruise(config, ...folders) {
  return tool(
    'dependency-cruiser/bin/dependency-cruise.mjs',
    ...['--config', config, '--output-type=err-long'],
    ...folders,
  );
}

const lean = ['lane.ts', 'lane', 'link.ts', 'link'].map((place) => `apps/control-plane/src/${place}`);
const steps = [
  [
    'eslint',
    () => tool('eslint/bin/eslint.js', '--cache', '--cache-strategy=content', `--cache-location=${cache}/`, '.'),
  ],
  ['import directions', () => cruise('.dependency-cruiser.mjs', 'libs', 'apps', 'migrations', 'e2e')],
  ['imports at run time', () => cruise('libs/lint/runtime-imports.config.mjs', ...lean)],
  ['file sizes and names', () => gate(filesGate(root))],
  ['docstrings of public exports', () => gate(missingDocstrings(root))],
  ['schema drift', schema],
  [
    'formatting',
    () =>
      tool(
        'prettier/bin/prettier.cjs',
        ...['--check', '--cache', '--log-level=warn'],
        `--cache-location=${cache}/prettier`,
        '.',
      ),
  ],
];

const failed = [];
for (const [name, act] of steps) {
  const started = performance.now();
  console.log(`-- ${name}`);
  const result = await act();
  if (result === false) failed.push(name);
  const verdict = result === 'skipped' ? 'skipped' : result ? 'ok' : 'FAILED';
  console.log(`-- ${name}: ${verdict} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
}
console.log(
  failed.length
    ? `lint: ${failed.length} of ${steps.length} gates failed: ${failed.join(', ')}`
    : `lint: ${steps.length} gates passed`,
);
process.exitCode = failed.length ? 1 : 0;
