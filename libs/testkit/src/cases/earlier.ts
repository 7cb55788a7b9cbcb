import type { Case } from './load.js';

/** The calls that were made before the case's, each as a case of its own, in order. All of them were allowed. */
export function earlierCalls(theCase: Case): readonly Case[] {
  const { given, call } = theCase;
  const before = { ...theCase, given: { ...given, earlier: [] } };
  return given.earlier.flatMap(({ times, ...different }) =>
    Array.from({ length: times }, () => ({ ...before, call: { ...call, ...different } as Case['call'] })),
  );
}
