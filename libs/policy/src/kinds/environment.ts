import { feedObjectSchemas } from '@portcullis/contracts';
import type { Draft } from '../draft.js';
import type { Change } from '../types.js';
import { isStale } from './is-stale.js';

/** Each guard's slice holds one environment, the server's own. Whatever cannot be read as observed until some time enforces. */
export function applyEnvironment(draft: Draft, change: Change): void {
  if (isStale(change, draft.environment)) return;
  const parsed = feedObjectSchemas.environment.safeParse(change.value);
  const until = parsed.success && parsed.data.mode === 'observe' ? (parsed.data.observeUntil ?? 0) : 0;
  draft.environment =
    change.value === null ? undefined : { id: change.id, revision: change.revision, observeUntil: until };
}
