import { feedObjectSchemas } from '@portcullis/contracts';
import type { Draft } from '../draft.js';
import type { Change } from '../types.js';
import { isStale } from './is-stale.js';

/** Whatever cannot be read as observed until some time enforces. */
export function applyEnvironment(draft: Draft, change: Change): void {
  if (isStale(change, draft.environments.get(change.id))) return;
  const parsed = feedObjectSchemas.environment.safeParse(change.value);
  const isObserved = parsed.success && parsed.data.mode === 'observe';
  const environments = draft.own(draft.environments);
  draft.environments = environments;
  if (change.value === null) environments.delete(change.id);
  else {
    const observeUntil = isObserved ? (parsed.data.observeUntil ?? 0) : 0;
    environments.set(change.id, { revision: change.revision, observeUntil });
  }
}
