import type { Held } from './check.js';
import { isSameToCallers } from './same-to-callers.js';
import type { KnownTool, State } from './state.js';
import type { Call } from './types.js';

/**
 * What was found out while calls were asked about a state. It holds in the next one too where that differs in grants and policies
 * alone; otherwise all of it is forgotten.
 */
export interface Remembered {
  readonly state: State;
  /** Counts the states it has held in: what stands of grants in a `Held` of an earlier one is looked up again. */
  readonly round: number;
  readonly byToken: Map<Call['claims'], Held>;
  /** By name: the tools against which nothing is to be said, whoever calls them. */
  readonly clearTools: Map<string, KnownTool>;
}

/** A guard asks about one state until the next is swapped in; a process may have several guards, each with a slice of its own. */
const bySlice = new Map<string, Remembered>();
let latest: Remembered | undefined;
const mostSlices = 64;

export function rememberedOf(state: State): Remembered {
  return latest?.state === state ? latest : (latest = sliceOf(state));
}

function sliceOf(state: State): Remembered {
  const known = bySlice.get(state.slice);
  if (known?.state === state) return known;
  if (bySlice.size >= mostSlices) bySlice.clear();
  const made =
    known && isSameToCallers(known.state, state)
      ? { ...known, state, round: known.round + 1 }
      : { state, round: 0, byToken: new Map(), clearTools: new Map() };
  bySlice.set(state.slice, made);
  return made;
}
