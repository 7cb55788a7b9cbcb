import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync, cpSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runStage } from './run-stage.mjs';
import { count } from './summary.mjs';

const repository = path.resolve(import.meta.dirname, '../../..');
let root: string;

beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), 'portcullis-stage-'));
  symlinkSync(path.join(repository, 'node_modules'), path.join(root, 'node_modules'));
  mkdirSync(path.join(root, 'e2e/src/run'), { recursive: true });
  cpSync(path.join(repository, 'e2e/src/run/tally-reporter.mjs'), path.join(root, 'e2e/src/run/tally-reporter.mjs'));
  const projects = ['mixed', 'broken', 'unready', 'empty'].map((name) => ({
    test: { name, include: [`${name}/*.spec.ts`] },
  }));
  writeFileSync(
    path.join(root, 'vitest.config.mjs'),
    `export default { test: { projects: ${JSON.stringify(projects)} } };`,
  );
  for (const folder of ['mixed', 'broken', 'unready']) mkdirSync(path.join(root, folder));
  writeFileSync(
    path.join(root, 'mixed/a.spec.ts'),
    `import { expect, it } from 'vitest';
     it('passes', () => expect(1).toBe(1));
     it('fails', () => expect(1).toBe(2));
     it('cannot run here', (context) => context.skip('no browser is installed'));`,
  );
  writeFileSync(path.join(root, 'broken/b.spec.ts'), "import './nowhere.js';");
  writeFileSync(
    path.join(root, 'unready/c.spec.ts'),
    `import { beforeAll, it } from 'vitest';
     beforeAll(() => { throw new Error('no database'); });
     it('would pass', () => undefined);`,
  );
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const stage = (project: string, minutes = 1) => ({ name: project, projects: [project], minutes });

describe('a stage of npm test', () => {
  it('tells each test with its state and the reason of a skip', async () => {
    const tally = await runStage(root, stage('mixed'), 'ignore');
    expect(
      tally.tests.map(({ name, state, note }: { name: string; state: string; note: string | null }) => [
        name,
        state,
        note,
      ]),
    ).toEqual([
      ['passes', 'passed', null],
      ['fails', 'failed', null],
      ['cannot run here', 'skipped', 'no browser is installed'],
    ]);
    expect(count(tally)).toEqual({ passed: 1, failed: 1, skipped: 1 });
  });

  it('counts a file that cannot be loaded as failed', async () => {
    expect(count(await runStage(root, stage('broken'), 'ignore'))).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('counts a file whose preparation failed as failed, and says so of the tests it kept from running', async () => {
    const tally = await runStage(root, stage('unready'), 'ignore');
    expect(count(tally)).toEqual({ passed: 0, failed: 1, skipped: 1 });
    expect(tally.tests[0].note).toBe('its file failed before it could run');
  });

  it('fails when it has no tests, because an empty stage proves nothing', async () => {
    const tally = await runStage(root, stage('empty'), 'ignore');
    expect(count(tally)).toEqual({ passed: 0, failed: 1, skipped: 0 });
    expect(tally.problem).toMatch(/no tests/);
  });

  it('is ended at its time limit, and that is a failure', async () => {
    const tally = await runStage(root, stage('mixed', 0.0001), 'ignore');
    expect(count(tally)).toEqual({ passed: 0, failed: 1, skipped: 0 });
    expect(tally.problem).toMatch(/over its limit/);
  });
});
