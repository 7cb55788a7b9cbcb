import type { GrantCheck } from '../check.js';

/** A grant that carries something this version does not know gives nothing (protocol D7). */
export const isGrantUnderstood: GrantCheck = {
  passes: (grant) => !grant.isVoid,
  denial: (grant) => ({
    reason: 'guard_outdated',
    rule: grant.rule,
    detail: 'the grant carries something this guard does not know; update the guard',
  }),
};
