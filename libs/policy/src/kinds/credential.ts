import { feedObjectSchemas } from '@portcullis/contracts';
import type { Draft } from '../draft.js';
import type { Change } from '../types.js';
import { isStale } from './is-stale.js';

export function applyCredential(draft: Draft, change: Change): void {
  if (isStale(change, draft.credentials.get(change.id))) return;
  const parsed = feedObjectSchemas.credential.safeParse(change.value);
  if (parsed.success) draft.credentials.set(change.id, { ...parsed.data, revision: change.revision });
  else draft.credentials.delete(change.id);
}
