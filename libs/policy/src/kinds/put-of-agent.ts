import type { TableEdit } from '../table.js';

interface OfAgent {
  readonly id: string;
  readonly agent: string;
}

/** Puts `entry` among those of its agent, in the order of ids, in place of `held`; what is `undefined` is not there, before or after. */
export function putOfAgent<T extends OfAgent>(
  byAgent: TableEdit<readonly T[]>,
  held: T | undefined,
  entry: T | undefined,
): void {
  if (held) put(byAgent, held, undefined);
  if (entry) put(byAgent, entry, entry);
}

function put<T extends OfAgent>(byAgent: TableEdit<readonly T[]>, { agent, id }: T, entry: T | undefined): void {
  const others = (byAgent.get(agent) ?? []).filter((one) => one.id !== id);
  const all = entry ? [...others, entry].sort((a, b) => (a.id < b.id ? -1 : 1)) : others;
  if (all.length > 0) byAgent.set(agent, all);
  else byAgent.delete(agent);
}
