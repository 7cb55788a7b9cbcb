import type { CallCheck } from './check.js';
import { isToolStopped } from './checks/is-stopped.js';
import { isToolKnown } from './checks/is-tool-known.js';
import { isUnderstood } from './checks/is-understood.js';
import { heldBy } from './held.js';
import { rememberedOf } from './remembered.js';
import type { KnownTool, State } from './state.js';
import type { Call } from './types.js';

/** What is asked about the tool and the state alone, whoever calls. `decide.ts` says where each stands in the order. */
export const toolChecks: readonly CallCheck[] = [isToolStopped, isUnderstood, isToolKnown];

/** The tool the call names, where none of `toolChecks` says no to it, so that none has to be asked; asked once in each state. */
export function clearTool(state: State, call: Call): KnownTool | undefined {
  if (call.server !== state.slice) return undefined;
  const { clearTools } = rememberedOf(state);
  const known = clearTools.get(call.tool);
  if (known) return known;
  const tool = state.tools.get(call.tool);
  const held = heldBy(state, call);
  if (!tool || toolChecks.some((check) => check(state, call, held, tool) !== undefined)) return undefined;
  clearTools.set(call.tool, tool);
  return tool;
}
