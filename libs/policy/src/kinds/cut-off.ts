import type { Draft } from '../draft.js';
import type { Change } from '../types.js';

/** The object's own revision is the cut-off and its id is the agent, so even a value that cannot be read cuts. It never moves back. */
export function applyCutOff(draft: Draft, change: Change): void {
  if (change.value === null) draft.cutOffs.delete(change.id);
  else if (change.revision > (draft.cutOffs.get(change.id) ?? -1)) draft.cutOffs.set(change.id, change.revision);
}
