import type { Case } from './load.js';

/** The fields that the guard's `decision` event of the case's call must have; match it as a subset. */
export function expectedAudit(theCase: Case): Readonly<Record<string, unknown>> {
  return theCase.audit;
}
