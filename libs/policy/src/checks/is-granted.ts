import type { Denial } from '../check.js';
import type { Call } from '../types.js';

/** Does any grant name the tool, or one of its classes, for the role in this environment? This is the answer when none does. */
export function notGranted({ tool, claims }: Call): Denial {
  return { reason: 'no_grant', rule: null, detail: `no grant gives ${tool} to role ${claims.role}` };
}
