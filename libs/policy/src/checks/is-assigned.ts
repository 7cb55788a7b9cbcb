import type { CallCheck } from '../check.js';

/** Does the agent hold the token's role in the server's environment? */
export const isAssigned: CallCheck = (state, { claims }) => {
  const environment = state.server?.environment ?? '';
  return state.rolesHeld.get(claims.agent)?.get(environment)?.has(claims.role)
    ? undefined
    : { reason: 'no_assignment', rule: null, detail: `the agent does not hold role ${claims.role} in ${environment}` };
};
