import type { State } from './state.js';

/**
 * Whether no question about a caller or a tool as such can be answered otherwise in the one state than in the other: everything
 * but the grants and policies is one and the same, so what was found out about them in one holds in the other.
 */
export function isSameToCallers(a: State, b: State): boolean {
  return (
    a.slice === b.slice &&
    a.server === b.server &&
    a.environments === b.environments &&
    a.agents === b.agents &&
    a.credentials === b.credentials &&
    a.credentialsOf === b.credentialsOf &&
    a.cutOffs === b.cutOffs &&
    a.revokedTokens === b.revokedTokens &&
    a.conversations === b.conversations &&
    a.directories === b.directories &&
    a.assignments === b.assignments &&
    a.assigned === b.assigned &&
    a.tools === b.tools &&
    a.stops === b.stops &&
    a.unreadable === b.unreadable
  );
}
