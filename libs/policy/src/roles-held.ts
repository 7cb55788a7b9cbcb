import type { State } from './state.js';

/** The roles that the agent is assigned in the server's environment, each once, whether an assignment holds now or not. */
export function rolesHeldBy({ assigned, server }: State, agent: string): readonly string[] {
  const here = (assigned.get(agent) ?? []).filter(({ environment }) => environment === server?.environment);
  return [...new Set(here.map(({ role }) => role))];
}
