import type { CompiledGrant, State } from './state.js';
import type { Call } from './types.js';

const none: readonly CompiledGrant[] = [];

/** The grants that name the called tool for the token's role in the server's environment: by tool first, then by class, each by id. */
export function grantsFor(state: State, call: Call): readonly CompiledGrant[] {
  const tool = state.tools.get(call.tool);
  const slice = state.server && state.grantsByRole.get(call.claims.role)?.get(state.server.environment);
  if (!tool || !slice) return none;
  const byTool = slice.byTool.get(tool.id) ?? none;
  if (slice.byClass.size === 0) return byTool;
  const byClass = tool.classes.flatMap((toolClass) => slice.byClass.get(toolClass) ?? none);
  return byClass.length === 0 ? byTool : [...byTool, ...byClass.sort((a, b) => (a.id < b.id ? -1 : 1))];
}
