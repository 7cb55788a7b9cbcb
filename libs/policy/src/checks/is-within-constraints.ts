import type { Denial, GrantCheck } from '../check.js';
import type { ConstraintCheck, Records } from '../constraints/constraint-check.js';
import type { CompiledGrant } from '../state.js';
import type { Call } from '../types.js';

/** Do the arguments keep within every constraint of the grant? */
export const isWithinConstraints: GrantCheck = {
  passes: ({ constraints }, call, _tool, state, records = state) => {
    for (const check of constraints) if (check(call, records) !== undefined) return false;
    return true;
  },
  denial: ({ rule, constraints }, call, _tool, state) => denial(rule, whatIsWrong(constraints, call, state)),
};

/** As the check, for a grant that stands alone: each constraint is asked once, and not again for its words. */
export function constraintDenial(
  { rule, constraints }: CompiledGrant,
  call: Call,
  records: Records,
): Denial | undefined {
  const wrong = whatIsWrong(constraints, call, records);
  return wrong === '' ? undefined : denial(rule, wrong);
}

const denial = (rule: string, detail: string): Denial => ({ reason: 'constraint', rule, detail });

function whatIsWrong(constraints: readonly ConstraintCheck[], call: Call, records: Records): string {
  let all = '';
  for (const check of constraints) {
    const wrong = check(call, records);
    if (wrong !== undefined) all = all === '' ? wrong : `${all}; ${wrong}`;
  }
  return all;
}
