import { feedObjectSchemas } from '@portcullis/contracts';
import type { Draft } from '../draft.js';
import type { Assignment } from '../state.js';
import type { Change } from '../types.js';
import { isStale } from './is-stale.js';

export function applyAssignment(draft: Draft, change: Change): void {
  const held = draft.assignments.get(change.id);
  if (isStale(change, held)) return;
  draft.assignments.delete(change.id);
  if (held) withdraw(draft, change.id, held);
  const parsed = feedObjectSchemas.assignment.safeParse(change.value);
  if (!parsed.success) return;
  draft.assignments.set(change.id, { ...parsed.data, revision: change.revision });
  hold(draft, change.id, parsed.data);
}

type Place = Pick<Assignment, 'agent' | 'role' | 'environment'>;

function hold(draft: Draft, id: string, { agent, role, environment }: Place): void {
  const environments = draft.own(draft.rolesHeld.get(agent));
  const roles = draft.own(environments.get(environment));
  const ids = draft.own(roles.get(role));
  ids.set(id, id);
  roles.set(role, ids);
  environments.set(environment, roles);
  draft.rolesHeld.set(agent, environments);
}

/** Takes away this assignment only: the agent may hold the same role by another. */
function withdraw(draft: Draft, id: string, { agent, role, environment }: Place): void {
  const environments = draft.own(draft.rolesHeld.get(agent));
  const roles = draft.own(environments.get(environment));
  const ids = draft.own(roles.get(role));
  ids.delete(id);
  if (ids.size > 0) roles.set(role, ids);
  else roles.delete(role);
  environments.set(environment, roles);
  draft.rolesHeld.set(agent, environments);
}
