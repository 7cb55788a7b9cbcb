import type { KnownTool } from './state.js';

const unclassed: readonly string[] = ['destructive'];

/** The classes of a tool; what has no class, or is not even known, counts as `destructive` (protocol E7). */
export function classesOf(tool: KnownTool | undefined): readonly string[] {
  return tool?.classes ?? unclassed;
}

/** The classes a tool counts as, given the ones it was labelled with. */
export function effectiveClasses(labelled: readonly string[]): readonly string[] {
  return labelled.length === 0 ? unclassed : labelled;
}
