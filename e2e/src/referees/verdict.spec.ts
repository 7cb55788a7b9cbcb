import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { expectedFailuresFile } from './referees.js';
import { judge, parseExpectedFailures, type ScenarioResult } from './verdict.js';

const result = (name: string, ...checks: string[]): ScenarioResult => ({
  name,
  failed: checks.map((check) => ({ check, message: 'is wrong' })),
  warnings: 0,
});
const reason = 'nobody signs in here with a browser';
const expected = { 'server/b': { checks: ['b-1'], reason } };

describe('a run of the referees', () => {
  it('is fine when it fails exactly where the list says', () => {
    expect(judge([result('server/a'), result('server/b', 'b-1')], expected)).toEqual({
      passed: ['server/a'],
      failedAsExpected: ['server/b'],
      problems: [],
    });
  });

  it('is not fine when another scenario fails', () => {
    const { problems, passed } = judge([result('server/a', 'a-1'), result('server/b', 'b-1')], expected);
    expect(problems).toEqual(['server/a fails: a-1: is wrong']);
    expect(passed).toEqual([]);
  });

  it('is not fine when a listed scenario passes, so that the list only shrinks', () => {
    const { problems } = judge([result('server/b')], expected);
    expect(problems).toEqual(['server/b passes now: take it out of the expected failures']);
  });

  it('is not fine when a listed scenario fails in another way than the list says', () => {
    expect(judge([result('server/b', 'b-1', 'b-2')], expected).problems).toEqual([
      'server/b fails in another way: b-2: is wrong',
    ]);
    const two = { 'server/b': { checks: ['b-1', 'b-2'], reason } };
    expect(judge([result('server/b', 'b-1')], two).problems).toEqual([
      'server/b: b-2 passes now: take it out of the expected failures',
    ]);
  });

  it('is not fine when a listed scenario did not run, or none did', () => {
    expect(judge([result('server/a')], expected).problems).toEqual(['server/b did not run, but is expected to fail']);
    expect(judge([], {}).problems).toEqual(['no scenario ran: an empty run proves nothing']);
  });
});

describe('the list of expected failures', () => {
  it('has a reason for each entry', async () => {
    const list = parseExpectedFailures(await readFile(expectedFailuresFile, 'utf8'));
    expect(Object.keys(list).length).toBeGreaterThan(0);
    expect(() => parseExpectedFailures('{"server/a":{"checks":["a-1"],"reason":"later"}}')).toThrow(/say why/);
    expect(() => parseExpectedFailures(`{"server/a":{"checks":[],"reason":"${reason}"}}`)).toThrow();
    expect(() => parseExpectedFailures(`{"server/a":{"reason":"${reason}"}}`)).toThrow();
  });
});
