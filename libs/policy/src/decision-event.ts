import { asRevision, type GuardEvent, type ObligationOf } from '@portcullis/contracts';
import type { Call, Decision } from './types.js';

/** What the host adds to a decision when it records it. */
export interface DecisionRecord {
  /** The decision's id, which the caller may quote. */
  readonly id: string;
  /** Control time in milliseconds. */
  readonly at: number;
  /** SHA-256 (base64url) of the arguments' JSON text. */
  readonly argumentsHash: string;
}

type AuditLevel = ObligationOf<'audit'>['level'];

const longestToolName = 128;

/** The audit event of a decision. A tool's name that no tool can have is cut, so that a caller cannot fill a report with it. */
export function decisionEvent(
  call: Call,
  decision: Decision,
  record: DecisionRecord,
): Extract<GuardEvent, { type: 'decision' }> {
  const { claims, tool } = call;
  return {
    type: 'decision',
    id: record.id,
    at: record.at,
    revision: asRevision(decision.revision),
    agent: claims.agent,
    instance: claims.instance,
    credential: claims.credential,
    role: claims.role,
    task: claims.task,
    tool: tool.length > longestToolName ? `${tool.slice(0, longestToolName)}…` : tool,
    outcome: decision.outcome,
    reason: decision.reason,
    rule: decision.rule,
    detail: decision.detail,
    observed: decision.observed,
    argumentsHash: record.argumentsHash,
    ...auditOf(decision),
  };
}

/** How much of the call has to be kept, where its grant says that; of several the most. */
function auditOf({ obligations }: Decision): { readonly audit?: AuditLevel } {
  const levels = obligations.flatMap((one) => (one.kind === 'audit' ? [one.level] : []));
  if (levels.length === 0) return {};
  return { audit: levels.includes('full') ? 'full' : 'digest' };
}
