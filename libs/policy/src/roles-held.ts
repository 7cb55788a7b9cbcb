import type { Assignment, State } from './state.js';

/** The roles that the agent is assigned in the server's environment, each once, whether an assignment holds now or not. */
export function rolesHeldBy(state: State, agent: string): readonly string[] {
  return rolesIn(state, state.assigned.get(agent));
}

/** As `rolesHeldBy`, of one agent whose assignments are at hand. */
export function rolesIn({ server }: State, assigned: readonly Assignment[] = []): readonly string[] {
  const roles: string[] = [];
  for (const { environment, role } of assigned)
    if (environment === server?.environment && !roles.includes(role)) roles.push(role);
  return roles;
}
