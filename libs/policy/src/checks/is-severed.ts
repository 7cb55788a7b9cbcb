import type { CallCheck } from '../check.js';

/** Past every allowance, or in a posture nobody has named: nothing passes. */
export const isSevered: CallCheck = (_state, { posture }) =>
  posture === 'fresh' || posture === 'stale'
    ? undefined
    : {
        reason: 'posture_severed',
        rule: null,
        detail: 'the guard has not heard from the control plane within every allowance',
      };
