import type { Held } from './check.js';
import { heldBy } from './held.js';
import type { CompiledGrant, Given, GrantSlice, KnownTool, State } from './state.js';
import { emptySmallMap, entryOf, hashOf } from './small-map.js';
import type { Call } from './types.js';

const none: readonly CompiledGrant[] = [];

/**
 * The grants that name the called tool for the token's role in the server's environment: by tool first, then by class, each by id;
 * after them those that widen the token's conversation. Those of other conversations cost nothing.
 */
export function grantsFor(
  state: State,
  call: Call,
  held: Held = heldBy(state, call),
  tool: KnownTool | undefined = state.tools.get(call.tool),
): readonly CompiledGrant[] {
  if (!tool) return none;
  const given = within(held.grants, tool);
  if (held.widened === undefined) return given;
  const widened = within(held.widened, tool);
  return widened.length === 0 ? given : [...given, ...widened];
}

/** The grant that names the tool, where it alone does, as is most often so: no list is made of it. `undefined`: there are none, or several. */
export function soleGrant({ grants, widened }: Held, tool: KnownTool): CompiledGrant | undefined {
  if (!grants || widened !== undefined || grants.byClass !== emptySmallMap) return undefined;
  const given = entryOf(grants.byTool, tool.hash, tool.id);
  return given === undefined || isList(given) ? undefined : given;
}

function within(slice: GrantSlice | undefined, tool: KnownTool): readonly CompiledGrant[] {
  if (!slice) return none;
  const byTool = listOf(entryOf(slice.byTool, tool.hash, tool.id));
  if (slice.byClass === emptySmallMap) return byTool;
  const byClass = tool.classes.flatMap((name) => entryOf(slice.byClass, hashOf(name), name) ?? none);
  return byClass.length === 0 ? byTool : [...byTool, ...byClass.sort((a, b) => (a.id < b.id ? -1 : 1))];
}

/** As a list, whether there are several, one or none. */
export function listOf(given: Given | undefined): readonly CompiledGrant[] {
  if (given === undefined) return none;
  return isList(given) ? given : [given];
}

const isList = (given: Given): given is readonly CompiledGrant[] => Array.isArray(given);
