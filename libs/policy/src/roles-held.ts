import type { State } from './state.js';

/** The roles that the agent is assigned in the server's environment, each once, whether an assignment holds now or not. */
export function rolesHeldBy({ assigned, server }: State, agent: string): readonly string[] {
  const roles: string[] = [];
  for (const { environment, role } of assigned.get(agent) ?? [])
    if (environment === server?.environment && !roles.includes(role)) roles.push(role);
  return roles;
}
