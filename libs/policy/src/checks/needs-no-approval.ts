import type { GrantCheck } from '../check.js';
import type { CompiledApproval } from '../compile-obligations.js';
import type { Records } from '../constraints/constraint-check.js';
import type { Call } from '../types.js';

/** Does the grant let it run without asking a person? What only the user's word could prove is asked where no record holds it (protocol E6). */
export const needsNoApproval: GrantCheck = {
  passes: ({ unproven, obligations }, call, _tool, state, records = state) => {
    for (const check of unproven) if (check(call, records) !== undefined) return false;
    for (const approval of obligations.approvals) if (whyAsk(approval, call, records) !== undefined) return false;
    return true;
  },
  denial: ({ rule, unproven, obligations }, call, _tool, state) => ({
    outcome: 'hold',
    reason: 'approval_required',
    rule,
    detail: [
      ...unproven.flatMap((check) => check(call, state) ?? []),
      ...obligations.approvals.flatMap((approval) => whyAsk(approval, call, state) ?? []),
    ].join('; '),
  }),
};

function whyAsk({ group, unless }: CompiledApproval, call: Call, records: Records): string | undefined {
  const broken = unless.flatMap((check) => check(call, records) ?? []);
  if (unless.length > 0 && broken.length === 0) return undefined;
  return `${group} has to approve it${broken.length === 0 ? '' : `: ${broken.join('; ')}`}`;
}
