import { feedObjectSchemas } from '@portcullis/contracts';
import type { Draft } from '../draft.js';
import type { Change } from '../types.js';
import { isStale } from './is-stale.js';

export function applyAgentStatus(draft: Draft, change: Change): void {
  if (isStale(change, draft.agents.get(change.id))) return;
  const parsed = feedObjectSchemas['agent-status'].safeParse(change.value);
  if (parsed.success) draft.agents.set(change.id, { ...parsed.data, revision: change.revision });
  else draft.agents.delete(change.id);
}
