import type { GrantCheck } from '../check.js';
import type { ConstraintCheck, Records } from '../constraints/constraint-check.js';
import type { Call } from '../types.js';

/** Do the arguments keep within every constraint of the grant? */
export const isWithinConstraints: GrantCheck = {
  passes: ({ constraints }, call, _tool, state, records = state) => {
    for (const check of constraints) if (check(call, records) !== undefined) return false;
    return true;
  },
  denial: ({ rule, constraints }, call, _tool, state) => ({
    reason: 'constraint',
    rule,
    detail: whatIsWrong(constraints, call, state),
  }),
};

function whatIsWrong(constraints: readonly ConstraintCheck[], call: Call, records: Records): string {
  let all = '';
  for (const check of constraints) {
    const wrong = check(call, records);
    if (wrong !== undefined) all = all === '' ? wrong : `${all}; ${wrong}`;
  }
  return all;
}
