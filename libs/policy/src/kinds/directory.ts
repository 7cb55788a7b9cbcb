import { feedObjectSchemas } from '@portcullis/contracts';
import type { Draft } from '../draft.js';
import type { Change } from '../types.js';
import { isStale } from './is-stale.js';

/** One that cannot be read holds nothing. */
export function applyDirectory(draft: Draft, change: Change): void {
  if (isStale(change, draft.directories.get(change.id))) return;
  const parsed = feedObjectSchemas.directory.safeParse(change.value);
  if (parsed.success) {
    const { holds, entries } = parsed.data;
    draft.directories.set(change.id, { revision: change.revision, holds, entries: new Set(entries) });
  } else draft.directories.delete(change.id);
}
