import type { Draft } from '../draft.js';
import type { Change } from '../types.js';

/** The id is the token, so even a value that cannot be read revokes. */
export function applyTokenRevocation(draft: Draft, change: Change): void {
  if (change.value === null) draft.revokedTokens.delete(change.id);
  else draft.revokedTokens.set(change.id, change.revision);
}
