import { feedObjectSchemas, type FeedValue } from '@portcullis/contracts';
import type { Draft } from '../draft.js';
import type { Assignment } from '../state.js';
import type { Change } from '../types.js';
import { isStale } from './is-stale.js';
import { putOfAgent } from './put-of-agent.js';

export function applyAssignment(draft: Draft, change: Change): void {
  const { id, revision, value } = change;
  const held = draft.assignments.get(id);
  if (isStale(change, held)) return;
  const { data } = feedObjectSchemas.assignment.safeParse(value);
  const assignment = data && read(draft, id, revision, data);
  putOfAgent(draft.assigned, held, assignment);
  if (assignment) draft.assignments.set(id, assignment);
  else draft.assignments.delete(id);
}

function read(
  draft: Draft,
  id: string,
  revision: number,
  { agent, role, environment, notBefore, notAfter }: FeedValue<'assignment'>,
): Assignment {
  return {
    id,
    revision,
    agent,
    role: draft.nameOf(role),
    environment: draft.nameOf(environment),
    notBefore: notBefore ?? 0,
    notAfter: notAfter ?? Infinity,
  };
}
