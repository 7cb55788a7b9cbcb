import type { GrantCheck } from '../check.js';

/** Do the arguments keep within every constraint of the grant? */
export const isWithinConstraints: GrantCheck = {
  passes: ({ constraints }, call, _tool, state, records = state) => {
    for (const check of constraints) if (check(call, records) !== undefined) return false;
    return true;
  },
  denial: ({ rule, constraints }, call, _tool, state) => ({
    reason: 'constraint',
    rule,
    detail: constraints.flatMap((check) => check(call, state) ?? []).join('; '),
  }),
};
