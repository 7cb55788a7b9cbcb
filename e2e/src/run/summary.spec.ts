import { describe, expect, it } from 'vitest';
import { add, caseLine, count, exitCode, failureLines, lastLine, skipLines } from './summary.mjs';

const line = (
  state: string,
  more: Partial<{ project: string; file: string; name: string; note: string | null }> = {},
) => ({
  project: 'policy',
  file: 'src/a.spec.ts',
  name: 'a',
  note: null,
  state,
  ...more,
});
const tally = (...tests: ReturnType<typeof line>[]) => ({ tests, broken: [] as string[], unhandled: 0 });

describe('the sum of a test run', () => {
  it('counts what passed, failed and was skipped', () => {
    expect(count(tally(line('passed'), line('passed'), line('failed'), line('skipped')))).toEqual({
      passed: 2,
      failed: 1,
      skipped: 1,
    });
  });

  it('counts a file that could not be loaded, an error outside any test and a test that never ended as failed', () => {
    expect(count({ tests: [line('pending')], broken: ['src/b.spec.ts'], unhandled: 1 })).toEqual({
      passed: 0,
      failed: 3,
      skipped: 0,
    });
  });

  it('ends in the line scripts read', () => {
    const total = add([
      { passed: 2, failed: 0, skipped: 1 },
      { passed: 3, failed: 1, skipped: 0 },
    ]);
    expect(lastLine(total)).toBe('5 passed, 1 failed, 1 skipped');
  });

  it('is a failure when anything failed and when nothing passed', () => {
    expect(exitCode({ passed: 9, failed: 1, skipped: 0 })).toBe(1);
    expect(exitCode({ passed: 0, failed: 0, skipped: 9 })).toBe(1);
    expect(exitCode({ passed: 1, failed: 0, skipped: 9 })).toBe(0);
  });

  it('says why each skipped test was skipped, and when nobody said', () => {
    expect(
      skipLines(
        tally(line('skipped', { name: 'b', note: 'no browser is installed' }), line('skipped'), line('passed')),
      ),
    ).toEqual(['skipped: b (policy): no browser is installed', 'skipped: a (policy): no reason given']);
  });

  it('names what failed, and nothing where nothing did', () => {
    const tests = [line('failed', { name: 'b' }), line('pending', { name: 'c' }), line('passed')];
    expect(failureLines({ tests, broken: ['src/d.spec.ts'], unhandled: 1 })).toEqual([
      'failed: b (policy src/a.spec.ts)',
      'never ended: c (policy src/a.spec.ts)',
      'failed before its first test: src/d.spec.ts',
      'failed outside any test: 1',
    ]);
    expect(failureLines(tally(line('passed'), line('skipped')))).toEqual([]);
  });

  it('tells how many case files there are and at which levels they ran', () => {
    const ran = [
      tally(line('passed', { file: 'src/case-files.spec.ts' }), line('failed', { file: 'src/cases.spec.ts' })),
      tally(line('passed', { project: 'guard', file: 'src/case-files.spec.ts' }), line('passed', { project: 'guard' })),
    ];
    expect(caseLine(ran, 64)).toBe('case files: 64; tests run from them: 2 through policy, 1 through guard');
    expect(caseLine([], 0)).toMatch(/none/);
  });
});
