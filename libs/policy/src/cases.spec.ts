import { callFor, earlierCalls, expectedAudit, loadCases, worldChanges, type Case } from '@portcullis/testkit';
import { afterAll, describe, expect, test } from 'vitest';
import { loadEngines } from './engines/index.js';
import { applyChanges, decide, decisionEvent, emptyState, limitOf, type Quota } from './index.js';

const cases = loadCases();
const engines = await loadEngines();

function decided(theCase: Case) {
  const changes = worldChanges(theCase);
  const options = { snapshot: true, engines };
  const state = applyChanges(emptyState(theCase.call.server), changes, theCase.given.revision, options);
  const spent = new Map<string, number>();
  const left = (bucket: string, quota: Quota, from: number) =>
    limitOf(quota) - (spent.get(JSON.stringify([bucket, from])) ?? 0);
  for (const earlier of earlierCalls(theCase)) {
    const { outcome, charges } = decide(state, { ...callFor(earlier), left });
    expect(outcome).toBe('allow');
    for (const { bucket, from, units } of charges) {
      const key = JSON.stringify([bucket, from]);
      spent.set(key, (spent.get(key) ?? 0) + units);
    }
  }
  return decide(state, { ...callFor(theCase), left });
}

describe('case files at the level of policy', () => {
  test('are at least seventy, with a sentence of its own each', () => {
    expect(cases.length).toBeGreaterThanOrEqual(70);
    expect(new Set(cases.map((theCase) => theCase.case)).size).toBe(cases.length);
  });

  test.each(cases.map((theCase) => [theCase.file, theCase.case, theCase] as const))(
    '%s: %s',
    (_file, _sentence, theCase) => {
      const decision = decided(theCase);
      const event = decisionEvent(callFor(theCase), decision, { id: 'd-1', at: 0, argumentsHash: '' });

      expect(decision).toMatchObject(theCase.want);
      expect(event).toMatchObject(expectedAudit(theCase));
    },
  );

  afterAll(() => {
    process.stdout.write(`${cases.length} case files ran at the level of policy\n`);
  });
});
