import type { CallCheck, HeldAssignment } from '../check.js';

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

/** Written so that a time that is no number is refused. */
export function isWithin({ notBefore, notAfter }: HeldAssignment, now: number): boolean {
  return now >= notBefore && now < notAfter;
}
