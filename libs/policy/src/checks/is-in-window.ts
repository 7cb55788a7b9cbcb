import type { GrantCheck } from '../check.js';

/** Does the grant hold now? From `notBefore` on and up to, not including, `notAfter`, by control time. */
export const isInWindow: GrantCheck = {
  passes: ({ notBefore, notAfter }, { now }) => (notBefore === null || now >= notBefore) && (notAfter === null || now < notAfter),
  denial: ({ rule, notBefore }, { now }) => ({
    reason: 'grant_window',
    rule,
    detail: notBefore !== null && !(now >= notBefore) ? 'the grant does not hold yet' : 'the grant no longer holds',
  }),
};
