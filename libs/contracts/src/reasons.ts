/** Every cause a decision can name. Closed: a code is never reused for another meaning. */
export const reasonCodes = [
  'posture_severed',
  'posture_stale',
  'kill_switch',
  'breaker_open',
  'agent_suspended',
  'credential_revoked',
  'token_invalid',
  'token_expired',
  'wrong_audience',
  'tool_unknown',
  'definition_changed',
  'no_assignment',
  'no_grant',
  'grant_window',
  'constraint',
  'label',
  'policy',
  'policy_error',
  'quota',
  'approval_required',
  'record_unavailable',
  'guard_outdated',
] as const;

export type ReasonCode = (typeof reasonCodes)[number];

/** What a decision can be. `aborted` is an outcome of a call that was allowed and then lost its right while it ran. */
export type DecisionOutcome = 'allow' | 'deny' | 'hold';

/** How a guard stands to the control plane: within its lease, past it, or past every allowance. */
export type Posture = 'fresh' | 'stale' | 'severed';

/** The key in `CallToolResult._meta` under which a denial travels to the MCP client. */
export const decisionMetaKey = 'portcullis.dev/decision';

/** The key in `CallToolResult._meta` under which it travels that a call ran and its result was withheld: decision and revision. */
export const withheldMetaKey = 'portcullis.dev/withheld';

/** The key in `CallToolResult._meta` under which the labels of a result travel: `trust`, `secrecy`. */
export const labelsMetaKey = 'portcullis.dev/labels';

/** A denial as the MCP client sees it: the reason class, a decision id to quote to an administrator, and the revision. */
export interface DecisionMeta {
  readonly outcome: 'deny' | 'hold' | 'aborted';
  readonly reason: ReasonCode;
  readonly decision: string;
  readonly revision: number;
}
