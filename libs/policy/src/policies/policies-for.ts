import type { PolicyPlace } from '@portcullis/contracts';
import type { State } from '../state.js';
import type { Call } from '../types.js';
import type { CompiledPolicy } from './compiled-policy.js';
import { byIdOrder } from './held-policies.js';

const none: readonly CompiledPolicy[] = [];

/** The policies that are asked about this call, in the order of their ids. Costs nothing where there are none. */
export function policiesFor({ policies, server, slice, tools }: State, call: Call): readonly CompiledPolicy[] {
  if (policies.byId.size === 0) return none;
  const tool = tools.get(call.tool);
  if (!tool) return none;
  const found = new Set(policies.always);
  for (const policy of policies.byTool.get(tool.id) ?? none) found.add(policy);
  if (policies.byClass.size > 0)
    for (const name of tool.classes) for (const policy of policies.byClass.get(name) ?? none) found.add(policy);
  if (found.size === 0) return none;
  const environment = server?.environment;
  const at = { tool: tool.id, classes: tool.classes, slice, environment };
  return [...found].filter((policy) => isAskedAt(policy, at)).sort(byIdOrder);
}

interface At {
  readonly tool: string;
  readonly classes: readonly string[];
  readonly slice: string;
  readonly environment: string | undefined;
}

function isAskedAt({ environment, places }: CompiledPolicy, at: At): boolean {
  return (environment === null || environment === at.environment) && places.some((place) => isIn(place, at));
}

function isIn({ tools, classes, server, environment }: PolicyPlace, at: At): boolean {
  if (server !== null && server !== at.slice) return false;
  if (environment !== null && environment !== at.environment) return false;
  if (tools === null && classes === null) return true;
  return (tools?.includes(at.tool) ?? false) || (classes?.some((name) => at.classes.includes(name)) ?? false);
}
