import type { Draft } from '../draft.js';
import type { Change } from '../types.js';

/** A kind of a newer version may take something away; until this guard understands it or it is gone, nothing passes (protocol D7). */
export function applyUnknownKind(draft: Draft, change: Change): void {
  const rule = `${change.kind}:${change.id}`;
  const unreadable = draft.own(draft.unreadable);
  draft.unreadable = unreadable;
  if (change.value === null) unreadable.delete(rule);
  else unreadable.set(rule, { rule, revision: change.revision, what: 'an object of a kind this guard does not know' });
}
