import { tasks, type Task } from '@portcullis/contracts';
import type { GrantCheck } from '../check.js';

const rank = (task: Task): number => tasks.indexOf(task);

/**
 * Does the grant cover the work the token was issued for? A grant names the widest task it covers: one for `update` serves
 * tokens for `lookup` and `update` and refuses one for `execute`. A task nobody has named is covered by nothing.
 */
export const isTaskCovered: GrantCheck = {
  passes: (grant, { claims }) => rank(claims.task) >= 0 && rank(claims.task) <= rank(grant.task),
  denial: (grant, { claims }) => ({
    reason: 'no_grant',
    rule: grant.rule,
    detail: `the grant covers ${grant.task} at most and the token is for ${claims.task}`,
  }),
};
