import { feedObjectSchemas } from '@portcullis/contracts';
import type { Draft } from '../draft.js';
import type { Change } from '../types.js';
import { isStale } from './is-stale.js';

const nothing: ReadonlySet<string> = new Set();

export function applyConversation(draft: Draft, change: Change): void {
  if (isStale(change, draft.conversations.get(change.id))) return;
  const parsed = feedObjectSchemas.conversation.safeParse(change.value);
  if (parsed.success) {
    const requested = parsed.data.digests.length === 0 ? nothing : new Set(parsed.data.digests);
    draft.conversations.set(change.id, { ...parsed.data, revision: change.revision, requested });
  } else draft.conversations.delete(change.id);
}
