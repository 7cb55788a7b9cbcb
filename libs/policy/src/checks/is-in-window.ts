import type { GrantCheck } from '../check.js';

/** Does the grant hold now? From `notBefore` on and up to, not including, `notAfter`, by control time. */
export const isInWindow: GrantCheck = {
  passes: ({ notBefore, notAfter }, { now }) => now >= notBefore && now < notAfter,
  denial: ({ rule, notBefore }, { now }) => ({
    reason: 'grant_window',
    rule,
    detail: now >= notBefore ? 'the grant no longer holds' : 'the grant does not hold yet',
  }),
};
