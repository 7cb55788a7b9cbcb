import type { GrantCheck } from '../check.js';

/** Do the arguments keep within every constraint of the grant? */
export const isWithinConstraints: GrantCheck = {
  passes: ({ constraints }, call) => {
    for (const check of constraints) if (check(call.arguments) !== undefined) return false;
    return true;
  },
  denial: ({ rule, constraints }, call) => ({
    reason: 'constraint',
    rule,
    detail: constraints.flatMap((check) => check(call.arguments) ?? []).join('; '),
  }),
};
