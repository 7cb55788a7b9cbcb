import type { State } from '../state.js';
import type { Call } from '../types.js';
import type { CompiledPolicy } from './compiled-policy.js';
import { byIdOrder } from './held-policies.js';
import { isInPlace, type Located } from './is-in-place.js';

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
  const located = { id: tool.id, server: slice, environment, classes: tool.classes };
  return [...found].filter((policy) => isAskedAbout(policy, located)).sort(byIdOrder);
}

function isAskedAbout({ environment, places }: CompiledPolicy, tool: Located): boolean {
  return (environment === null || environment === tool.environment) && places.some((place) => isInPlace(place, tool));
}
