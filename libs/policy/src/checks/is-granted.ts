import type { CallCheck } from '../check.js';
import { grantsFor } from '../grants-for.js';

/** Does any grant name the tool, or one of its classes, for the role in this environment? */
export const isGranted: CallCheck = (state, call) =>
  grantsFor(state, call).length > 0
    ? undefined
    : { reason: 'no_grant', rule: null, detail: `no grant gives ${call.tool} to role ${call.claims.role}` };
