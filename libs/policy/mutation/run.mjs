#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { partsOf } from './parts.mjs';
import { reportOf, textOf } from './report.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const reportFile = path.join(root, '.portcullis/mutation.json');
const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' } } });

/** Progress goes to stderr, so that stdout is the report and nothing else. */
function stryker(mutate) {
  const bin = path.join(
    path.dirname(createRequire(import.meta.url).resolve('@stryker-mutator/core/package.json')),
    'bin/stryker.js',
  );
  const config = 'libs/policy/mutation/stryker.config.mjs';
  const child = spawn(process.execPath, [bin, 'run', config, '--mutate', mutate.join(',')], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  return new Promise((resolve) => child.on('close', resolve));
}

async function mutated({ name, mutate }) {
  rmSync(reportFile, { force: true });
  if ((await stryker(mutate)) !== 0) {
    console.error(
      `portcullis: mutation_failed: the mutation run of ${name} did not finish; read what Stryker says above`,
    );
    process.exit(1);
  }
  const { files } = JSON.parse(readFileSync(reportFile, 'utf8'));
  console.error(`${textOf(reportOf({ files }))} in ${name}`);
  return files;
}

const files = {};
for (const part of partsOf(root, positionals)) Object.assign(files, await mutated(part));
const report = reportOf({ files });
console.log(values.json ? JSON.stringify(report) : textOf(report));
