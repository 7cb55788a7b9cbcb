import type { Change } from '../types.js';

/** Whether a change brings a value older than the one held: a late message, which must not undo a newer one. */
export function isStale(change: Change, held: { readonly revision: number } | undefined): boolean {
  return held !== undefined && change.value !== null && change.revision < held.revision;
}
