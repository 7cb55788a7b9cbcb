import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * Runs one stage with vitest's own live output and returns its tally. A run that ends without one (a crash, the time
 * limit) is one unhandled failure; so is a stage without a single test, because an empty stage proves nothing.
 * @param {string} root
 * @param {{ name: string, projects: string[], minutes: number }} stage
 * @param {'inherit' | 'ignore'} output where vitest's own words go
 */
export async function runStage(root, stage, output = 'inherit') {
  const folder = mkdtempSync(path.join(tmpdir(), 'portcullis-tally-'));
  const file = path.join(folder, 'tally.json');
  const ended = await vitest(root, stage, file, output);
  const tally = readTally(file);
  rmSync(folder, { recursive: true, force: true });
  if (!tally) return failure(`the stage ended without a result (${ended})`);
  if (tally.tests.length === 0 && tally.broken.length === 0) return failure('the stage has no tests');
  if (ended !== 'exit 0' && tally.tests.every((test) => test.state !== 'failed') && !tally.broken.length) {
    return { ...tally, unhandled: Math.max(tally.unhandled, 1), problem: ended };
  }
  return tally;
}

function vitest(root, stage, file, output) {
  const projects = stage.projects.flatMap((project) => ['--project', project]);
  const reporters = ['--reporter=default', `--reporter=${path.join(root, 'e2e/src/run/tally-reporter.mjs')}`];
  const child = spawn(
    process.execPath,
    [path.join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--passWithNoTests', ...projects, ...reporters],
    { cwd: root, stdio: ['ignore', output, output], env: { ...process.env, PORTCULLIS_TALLY: file }, detached: true },
  );
  return new Promise((resolve) => {
    const limit = setTimeout(() => {
      killGroup(child.pid);
      resolve(`over its limit of ${stage.minutes} minutes`);
    }, stage.minutes * 60_000);
    const interrupted = () => {
      killGroup(child.pid);
      process.exit(130);
    };
    process.once('SIGINT', interrupted);
    process.once('SIGTERM', interrupted);
    child.once('exit', (code, signal) => {
      clearTimeout(limit);
      process.off('SIGINT', interrupted);
      process.off('SIGTERM', interrupted);
      resolve(signal ? `signal ${signal}` : `exit ${code}`);
    });
  });
}

// The group, not the process: vitest's workers and whatever a scenario started must not outlive the run.
function killGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

function readTally(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

function failure(problem) {
  return { tests: [], broken: [], unhandled: 1, problem };
}
