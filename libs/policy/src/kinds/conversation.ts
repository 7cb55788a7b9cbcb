import { feedObjectSchemas } from '@portcullis/contracts';
import type { Draft } from '../draft.js';
import type { Change } from '../types.js';
import { isStale } from './is-stale.js';

export function applyConversation(draft: Draft, change: Change): void {
  if (isStale(change, draft.conversations.get(change.id))) return;
  const parsed = feedObjectSchemas.conversation.safeParse(change.value);
  if (parsed.success) draft.conversations.set(change.id, { ...parsed.data, revision: change.revision });
  else draft.conversations.delete(change.id);
}
