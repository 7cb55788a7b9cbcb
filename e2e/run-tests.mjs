#!/usr/bin/env node
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../apps/cli/start/build.mjs';
import { install } from '../apps/cli/start/install.mjs';
import { runStage } from './src/run/run-stage.mjs';
import { stages } from './src/run/stages.mjs';
import { add, caseLine, count, exitCode, failureLines, lastLine, skipLines } from './src/run/summary.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const nothingRan = { passed: 0, failed: 1, skipped: 0 };

async function timed(name, act) {
  console.log(`\n== ${name}`);
  const started = performance.now();
  const result = await act();
  console.log(`== ${name}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return result;
}

function caseFiles() {
  const names = readdirSync(path.join(root, 'libs/policy'), { recursive: true });
  return names.filter((name) => /^cases[\\/].*\.yaml$/.test(name)).length;
}

async function main() {
  await timed('install', () => install(root));
  await timed('build', () => build(root));

  const tallies = [];
  for (const stage of stages) tallies.push(await timed(stage.name, () => runStage(root, stage)));

  console.log('\n== summary');
  stages.forEach((stage, n) => {
    const problem = tallies[n].problem ? ` (${tallies[n].problem})` : '';
    console.log(`${stage.name}: ${lastLine(count(tallies[n]))}${problem}`);
  });
  console.log(caseLine(tallies, caseFiles()));
  tallies.flatMap(failureLines).forEach((text) => console.log(text));
  tallies.flatMap(skipLines).forEach((text) => console.log(text));
  finish(add(tallies.map(count)));
}

function finish(total) {
  console.log(lastLine(total));
  process.exitCode = exitCode(total);
}

try {
  await main();
} catch (error) {
  console.log(error.message);
  finish(nothingRan);
}
