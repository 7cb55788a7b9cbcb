import { callFor, expectedAudit, loadCases, worldChanges, type Case } from '@portcullis/testkit';
import { afterAll, describe, expect, test } from 'vitest';
import { loadEngines } from './engines/index.js';
import { applyChanges, decide, decisionEvent, emptyState } from './index.js';

const cases = loadCases();
const engines = await loadEngines();

function decided(theCase: Case) {
  const changes = worldChanges(theCase);
  const state = applyChanges(emptyState(theCase.call.server), changes, theCase.given.revision, {
    snapshot: true,
    engines,
  });
  return decide(state, callFor(theCase));
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
