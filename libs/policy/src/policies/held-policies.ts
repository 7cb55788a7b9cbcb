import type { PolicyPlace } from '@portcullis/contracts';
import type { State } from '../state.js';
import type { Call } from '../types.js';
import type { CompiledPolicy } from './compiled-policy.js';

/** Every policy of a slice, by where it is asked: by tool, by class, or about every call. Each list is ordered by id. */
export interface HeldPolicies {
  readonly byId: ReadonlyMap<string, CompiledPolicy>;
  readonly always: readonly CompiledPolicy[];
  readonly byTool: ReadonlyMap<string, readonly CompiledPolicy[]>;
  readonly byClass: ReadonlyMap<string, readonly CompiledPolicy[]>;
}

/** No policy. */
export const noPolicies: HeldPolicies = { byId: new Map(), always: [], byTool: new Map(), byClass: new Map() };

/** Places the policies anew; there are few, and they change seldom. */
export function placed(policies: Iterable<CompiledPolicy>): HeldPolicies {
  const ordered = [...policies].sort(byIdOrder);
  const byTool = new Map<string, CompiledPolicy[]>();
  const byClass = new Map<string, CompiledPolicy[]>();
  const always = ordered.filter(({ places }) => places.some(isOpen));
  for (const policy of ordered) {
    if (policy.places.some(isOpen)) continue;
    for (const tool of new Set(policy.places.flatMap(({ tools }) => tools ?? []))) add(byTool, tool, policy);
    for (const name of new Set(policy.places.flatMap(({ classes }) => classes ?? []))) add(byClass, name, policy);
  }
  return { byId: new Map(ordered.map((policy) => [policy.id, policy])), always, byTool, byClass };
}

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

const isOpen = ({ tools, classes }: PolicyPlace): boolean => tools === null && classes === null;
const byIdOrder = (a: CompiledPolicy, b: CompiledPolicy): number => (a.id < b.id ? -1 : 1);

function add(lists: Map<string, CompiledPolicy[]>, key: string, policy: CompiledPolicy): void {
  const list = lists.get(key);
  if (list) list.push(policy);
  else lists.set(key, [policy]);
}
