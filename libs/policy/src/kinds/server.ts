import { feedObjectSchemas } from '@portcullis/contracts';
import type { Draft } from '../draft.js';
import type { Change } from '../types.js';
import { isStale } from './is-stale.js';

/** Only the server of the slice counts; any other is somebody else's. */
export function applyServer(draft: Draft, change: Change): void {
  if (change.id !== draft.slice || isStale(change, draft.server)) return;
  const parsed = feedObjectSchemas.server.safeParse(change.value);
  draft.server = parsed.success ? { ...parsed.data, id: change.id, revision: change.revision } : undefined;
}
