import { tasks, type Task } from '@portcullis/contracts';
import type { GrantCheck } from '../check.js';

const rank = (task: Task): number => tasks.indexOf(task);

/**
 * Does the token's task cover the one the grant asks for? `execute` covers `update` covers `lookup`. So naming a smaller task
 * can only narrow what a token does (protocol F3), and a task nobody has named covers nothing.
 */
export const isTaskCovered: GrantCheck = {
  passes: ({ task }, { claims }) => claims.task === task || rank(claims.task) >= rank(task),
  denial: (grant, { claims }) => ({
    reason: 'no_grant',
    rule: grant.rule,
    detail: `the grant asks for ${grant.task} and the token is for ${claims.task}`,
  }),
};
