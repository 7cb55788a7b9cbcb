import type { ReasonCode } from '@portcullis/contracts';
import type { Decision } from '@portcullis/policy';
import type { Denial } from './types.js';

const hiding: ReadonlySet<ReasonCode> = new Set(['tool_unknown', 'no_assignment', 'no_grant']);

/**
 * A decision that is no `allow` as the host passes it on. Not granted and not existing look the same (protocol G6); `isSecret`: so
 * does whatever else is said of a tool that this caller could not see.
 */
export function denialOf(
  decision: Decision,
  id: string,
  outcome: 'deny' | 'hold' | 'aborted',
  isSecret = false,
): Denial {
  const reason = decision.reason ?? 'no_grant';
  return {
    meta: { outcome, reason, decision: id, revision: decision.revision },
    hidden: isSecret || hiding.has(reason),
  };
}

const nothing = { rule: null, obligations: [], charges: [], observed: null } as const;

/** The decision on a call that could not be recorded; `why` in words, for administrators. */
export function unrecorded(revision: number, why = 'what this call does could not be recorded on disk'): Decision {
  const detail = why;
  return { ...nothing, outcome: 'deny', reason: 'record_unavailable', revision, detail };
}

/** The decision on a call that was allowed on a condition this guard does not know how to keep (protocol D7). */
export function unfulfillable(revision: number): Decision {
  const detail = 'the call carries an obligation this guard does not know';
  return { ...nothing, outcome: 'deny', reason: 'guard_outdated', revision, detail };
}

/** The decision on a result that its host would pass on without what is owed for it. */
export function unfulfilled(revision: number): Decision {
  const detail = 'the host did not ask what of the result may leave';
  return { ...nothing, outcome: 'deny', reason: 'guard_outdated', revision, detail };
}
