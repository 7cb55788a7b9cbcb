import type { CallCheck } from '../check.js';
import type { Assignment } from '../state.js';

/** Does the agent hold the token's role in the server's environment now, by any assignment? */
export const isAssigned: CallCheck = (state, { claims, now }) => {
  const environment = state.server?.environment ?? '';
  const ids = state.rolesHeld.get(claims.agent)?.get(environment)?.get(claims.role);
  let outside: string | undefined;
  for (const id of ids?.keys() ?? []) {
    const assignment = state.assignments.get(id);
    if (assignment && isWithin(assignment, now)) return undefined;
    if (outside === undefined || id < outside) outside = id;
  }
  return outside === undefined
    ? { reason: 'no_assignment', rule: null, detail: `the agent does not hold role ${claims.role} in ${environment}` }
    : { reason: 'no_assignment', rule: `assignment:${outside}`, detail: 'the assignment does not hold at this time' };
};

/** From `notBefore` on and up to, not including, `notAfter`. Written so that a time that is no number is refused. */
function isWithin({ notBefore, notAfter }: Assignment, now: number): boolean {
  return now >= (notBefore ?? 0) && now < (notAfter ?? Infinity);
}
