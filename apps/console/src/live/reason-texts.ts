import { reasonCodes, type ReasonCode } from '@portcullis/contracts';

const texts: Record<ReasonCode, string> = {
  posture_severed: 'guard cut off from the control plane',
  posture_stale: 'guard past its lease',
  kill_switch: 'kill switch',
  breaker_open: 'breaker open',
  agent_suspended: 'agent suspended',
  credential_revoked: 'credential revoked',
  token_invalid: 'token not valid',
  token_expired: 'token expired',
  wrong_audience: 'token for another server',
  tool_unknown: 'tool not registered',
  definition_changed: 'tool definition changed',
  no_assignment: 'no role here',
  no_grant: 'no grant',
  grant_window: 'outside the grant’s time window',
  constraint: 'over the grant’s limit',
  label: 'data may not flow there',
  policy: 'policy',
  policy_error: 'policy failed',
  quota: 'quota used up',
  approval_required: 'needs approval',
  record_unavailable: 'could not be recorded',
  guard_outdated: 'guard too old for this rule',
};

/** The cause of a denial in words; a code this console does not know is shown as it came. */
export function reasonText(code: string): string {
  const known = reasonCodes.find((one) => one === code);
  return known ? texts[known] : code;
}
