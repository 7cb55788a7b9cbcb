import type { Held } from './check.js';
import type { KnownTool, State } from './state.js';
import type { Call } from './types.js';

/** What was found out about one state while calls were asked about it: none of it changes as long as that state is the one asked. */
interface Remembered {
  readonly state: State;
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
  const made = { state, byToken: new Map(), clearTools: new Map() };
  bySlice.set(state.slice, made);
  return made;
}
