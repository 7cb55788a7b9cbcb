import { rolesIn } from '../roles-held.js';
import type { CompiledGrant, State } from '../state.js';
import { grantsFor } from '../grants-for.js';
import { isSameToCallers } from '../same-to-callers.js';
import { freshCall } from './fresh-call.js';

/** An agent holding a role, and a tool by its name at this server. */
export interface Place {
  readonly agent: string;
  readonly role: string;
  readonly tool: string;
}

/**
 * Where the two states may decide differently: every place in either, or, where they differ in nothing but grants, only those
 * whose grants differ. What is not named decides alike.
 */
export function placesThatDiffer(before: State, after: State): readonly Place[] {
  const tools = [...new Set([...before.tools.keys(), ...after.tools.keys()])].sort();
  const inQuestion = differInGrantsAlone(before, after)
    ? (role: string) => tools.filter((tool) => !isSame(grantsOf(before, role, tool), grantsOf(after, role, tool)))
    : () => tools;
  const toolsOf = new Map<string, readonly string[]>();
  return [...holders(before, after)].flatMap(([agent, roles]) =>
    [...roles].flatMap((role) => {
      const asked = toolsOf.get(role) ?? inQuestion(role);
      toolsOf.set(role, asked);
      return asked.map((tool) => ({ agent, role, tool }));
    }),
  );
}

/** Apart from the grants of roles, everything is one and the same. */
function differInGrantsAlone(before: State, after: State): boolean {
  return isSameToCallers(before, after) && before.widened === after.widened && before.policies === after.policies;
}

function grantsOf(state: State, role: string, tool: string): readonly CompiledGrant[] {
  return grantsFor(state, freshCall(state, { agent: '', credential: '', role, task: 'execute', tool, now: 0 }));
}

function isSame(before: readonly CompiledGrant[], after: readonly CompiledGrant[]): boolean {
  return before.length === after.length && before.every((grant, index) => grant === after[index]);
}

/** agent -> the roles it holds here in either state. */
function holders(...states: readonly State[]): ReadonlyMap<string, ReadonlySet<string>> {
  const held = new Map<string, Set<string>>();
  for (const state of states)
    state.assigned.forEach((assigned, agent) => {
      const roles = rolesIn(state, assigned);
      if (roles.length > 0) held.set(agent, new Set([...(held.get(agent) ?? []), ...roles]));
    });
  return held;
}
