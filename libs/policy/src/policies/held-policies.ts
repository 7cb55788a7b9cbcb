import type { PolicyPlace, SignalName } from '@portcullis/contracts';
import type { CompiledPolicy } from './compiled-policy.js';

/** Every policy of a slice, by where it is asked: by tool, by class, or about every call. Each list is ordered by id. */
export interface HeldPolicies {
  readonly byId: ReadonlyMap<string, CompiledPolicy>;
  readonly always: readonly CompiledPolicy[];
  readonly byTool: ReadonlyMap<string, readonly CompiledPolicy[]>;
  readonly byClass: ReadonlyMap<string, readonly CompiledPolicy[]>;
  /** Risk signals that any of them reads. */
  readonly signals: ReadonlySet<SignalName>;
}

/** No policy. */
export const noPolicies: HeldPolicies = {
  byId: new Map(),
  always: [],
  byTool: new Map(),
  byClass: new Map(),
  signals: new Set(),
};

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
  const byId = new Map(ordered.map((policy) => [policy.id, policy]));
  return { byId, always, byTool, byClass, signals: new Set(ordered.flatMap(signalsOf)) };
}

const isOpen = ({ tools, classes }: PolicyPlace): boolean => tools === null && classes === null;
/** The risk signals that a policy reads. */
export const signalsOf = ({ forbids, holds }: CompiledPolicy): readonly SignalName[] => [
  ...(forbids?.reads.signals ?? []),
  ...(holds?.reads.signals ?? []),
];
/** Policies speak in the order of their ids. */
export const byIdOrder = (a: CompiledPolicy, b: CompiledPolicy): number => (a.id < b.id ? -1 : 1);

function add(lists: Map<string, CompiledPolicy[]>, key: string, policy: CompiledPolicy): void {
  const list = lists.get(key);
  if (list) list.push(policy);
  else lists.set(key, [policy]);
}
