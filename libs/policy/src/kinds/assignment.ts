import { feedObjectSchemas } from '@portcullis/contracts';
import type { Draft } from '../draft.js';
import type { Assignment } from '../state.js';
import type { Change } from '../types.js';
import { isStale } from './is-stale.js';

export function applyAssignment(draft: Draft, change: Change): void {
  const held = draft.assignments.get(change.id);
  if (isStale(change, held)) return;
  const parsed = feedObjectSchemas.assignment.safeParse(change.value);
  const assignment = parsed.success ? { id: change.id, revision: change.revision, ...parsed.data } : undefined;
  if (held) assign(draft, held, undefined);
  if (assignment) assign(draft, assignment, assignment);
  if (assignment) draft.assignments.set(change.id, assignment);
  else draft.assignments.delete(change.id);
}

/** Puts `entry` in place of the assignment with that id; `undefined` takes it away, and no other of the agent. */
function assign(draft: Draft, { agent, id }: Assignment, entry: Assignment | undefined): void {
  const others = (draft.assigned.get(agent) ?? []).filter((one) => one.id !== id);
  const list = entry ? [...others, entry].sort((a, b) => (a.id < b.id ? -1 : 1)) : others;
  if (list.length > 0) draft.assigned.set(agent, list);
  else draft.assigned.delete(agent);
}
