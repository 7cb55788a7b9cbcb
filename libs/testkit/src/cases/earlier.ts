import { calmSignals } from '@portcullis/contracts';
import type { Case } from './load.js';

/** The calls that were made before the case's, each as a case of its own, in order. All of them were allowed. */
export function earlierCalls(theCase: Case): readonly Case[] {
  const { given, call } = theCase;
  const before = { ...theCase, given: { ...given, earlier: [] } };
  const calls = given.earlier.flatMap(({ times, ...different }) =>
    Array.from({ length: times }, () => ({ ...call, ...different }) as Case['call']),
  );
  return calls.map((one, index) => {
    const recentRate = calls.slice(0, index).filter(({ agent }) => agent === one.agent).length;
    return { ...before, call: { ...one, signals: { ...calmSignals, scorer: one.signals?.scorer, recentRate } } };
  });
}
