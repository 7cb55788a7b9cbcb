#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { reportOf, textOf } from './report.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const reportFile = path.join(root, '.portcullis/mutation.json');
const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' } } });

/** Progress goes to stderr, so that stdout is the report and nothing else. Files to mutate can be named; default: all of them. */
function stryker(files) {
  const bin = path.join(
    path.dirname(createRequire(import.meta.url).resolve('@stryker-mutator/core/package.json')),
    'bin/stryker.js',
  );
  const only = files.length === 0 ? [] : ['--mutate', files.join(',')];
  const child = spawn(process.execPath, [bin, 'run', 'libs/policy/mutation/stryker.config.mjs', ...only], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  return new Promise((resolve) => child.on('close', resolve));
}

rmSync(reportFile, { force: true });
const code = await stryker(positionals);
if (code !== 0) {
  console.error('portcullis: mutation_failed: the mutation run did not finish; read what Stryker says above');
  process.exit(1);
}
const report = reportOf(JSON.parse(readFileSync(reportFile, 'utf8')));
console.log(values.json ? JSON.stringify(report) : textOf(report));
