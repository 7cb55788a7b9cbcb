import { keyOf, objectOf, valueAs, type LogChange } from './log-object.js';
import type { World } from './world.js';

/**
 * The agents from whom a change takes something: a hint for the order of delivery, never for its correctness (P-D5). Asked
 * before the world moves. A stop without an agent or a role concerns everybody alike and names nobody.
 */
export function concernedAgents(world: World, change: LogChange): string[] {
  const before = world.get(keyOf(change.kind, change.id));
  const after = objectOf(change);
  if (change.kind === 'cut-off') return [change.id];
  if (change.kind === 'agent-status') return valueAs(after, 'agent-status')?.status === 'active' ? [] : [change.id];
  if (change.kind === 'assignment') return after ? [] : agentOf(valueAs(before, 'assignment')?.agent);
  if (change.kind === 'token-revocation') return agentOf(valueAs(after, 'token-revocation')?.agent);
  const conversation = valueAs(after, 'conversation');
  if (conversation) return conversation.status === 'closed' ? [conversation.agent] : [];
  const credential = valueAs(after, 'credential') ?? valueAs(before, 'credential');
  if (credential)
    return after && credential.status !== 'revoked' && credential.status !== 'tainted' ? [] : [credential.agent];
  const stop = valueAs(after, 'kill-switch');
  if (stop?.status === 'engaged')
    return stop.scope === 'agent' ? [stop.target] : stop.scope === 'role' ? holdersOf(world, stop.target) : [];
  const grant = valueAs(before, 'grant');
  return grant?.conversation ? [grant.conversation.agent] : grant ? holdersOf(world, grant.role) : [];
}

function agentOf(agent: string | undefined): string[] {
  return agent === undefined ? [] : [agent];
}

function holdersOf(world: World, role: string): string[] {
  const holders = new Set<string>();
  for (const object of world.objects()) {
    const assignment = valueAs(object, 'assignment');
    if (assignment?.role === role) holders.add(assignment.agent);
  }
  return [...holders];
}
