import type { CallCheck } from '../check.js';
import type { Assignment } from '../state.js';

/** Does the agent hold the token's role in the server's environment now, by any assignment? */
export const isAssigned: CallCheck = ({ server }, { claims, now }, { assignments }) => {
  for (const assignment of assignments) if (isWithin(assignment, now)) return undefined;
  const [outside] = assignments;
  return outside === undefined
    ? {
        reason: 'no_assignment',
        rule: null,
        detail: `the agent does not hold role ${claims.role} in ${server?.environment ?? ''}`,
      }
    : {
        reason: 'no_assignment',
        rule: `assignment:${outside.id}`,
        detail: 'the assignment does not hold at this time',
      };
};

/** From `notBefore` on and up to, not including, `notAfter`. Written so that a time that is no number is refused. */
function isWithin({ notBefore, notAfter }: Assignment, now: number): boolean {
  return now >= (notBefore ?? 0) && now < (notAfter ?? Infinity);
}
