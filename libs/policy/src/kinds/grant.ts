import { compileGrant } from '../compile-grant.js';
import type { Draft } from '../draft.js';
import { emptySmallMap, entryOf, hashOf, sizeOf, withEntry, withoutEntry, type SmallMap } from '../small-map.js';
import { listOf } from '../grants-for.js';
import { sliceIn } from '../slice-in.js';
import { widenedKey } from '../widened-key.js';
import type { CompiledGrant, Given, GrantSlice } from '../state.js';
import type { Change } from '../types.js';
import { isStale } from './is-stale.js';

export function applyGrant(draft: Draft, change: Change): void {
  const held = draft.grants.get(change.id);
  if (isStale(change, held)) return;
  const grant =
    change.value === null ? undefined : compileGrant(change.id, change.revision, change.value, draft.engines);
  if (held && !(grant && isAtOnePlace(held, grant))) place(draft, held, undefined);
  if (grant) place(draft, grant, grant);
  if (grant) draft.grants.set(change.id, grant);
  else draft.grants.delete(change.id);
}

const keyOf = ({ role, conversation }: CompiledGrant): string =>
  conversation === undefined ? role : widenedKey(conversation, role);

function isAtOnePlace(a: CompiledGrant, b: CompiledGrant): boolean {
  const isOneKey = a.conversation === b.conversation && a.role === b.role && a.environment === b.environment;
  if (!isOneKey) return false;
  if ('id' in a.tool) return 'id' in b.tool && a.tool.id === b.tool.id;
  return 'class' in b.tool && a.tool.class === b.tool.class;
}

/** Puts `entry` where `at` belongs, in place of the grant with that id; `undefined` takes it away. Copies one (role, environment) slice. */
function place(draft: Draft, at: CompiledGrant, entry: CompiledGrant | undefined): void {
  const index = at.conversation === undefined ? draft.grantsByRole : draft.widened;
  const key = keyOf(at);
  const slices = index.get(key) ?? [];
  const known = sliceIn(at.environment, slices);
  const environment = known?.environment ?? draft.nameOf(at.environment);
  const { byTool, byClass } = known ?? { byTool: emptySmallMap, byClass: emptySmallMap };
  const slice =
    'id' in at.tool
      ? { environment, byTool: placeIn(draft, byTool, at.tool.id, at.id, entry), byClass }
      : { environment, byTool, byClass: placeIn(draft, byClass, at.tool.class, at.id, entry) };
  const others = slices.filter((other) => other !== known);
  if (!isEmpty(slice)) index.set(slices.length > 0 ? key : draft.nameOf(key), [...others, slice]);
  else if (others.length > 0) index.set(key, others);
  else index.delete(key);
}

const isEmpty = ({ byTool, byClass }: GrantSlice) => sizeOf(byTool) + sizeOf(byClass) === 0;

function placeIn(
  draft: Draft,
  all: SmallMap<Given>,
  key: string,
  id: string,
  entry: CompiledGrant | undefined,
): SmallMap<Given> {
  const hash = hashOf(key);
  const before = entryOf(all, hash, key);
  const given = replaced(before, id, entry);
  if (given === undefined) return withoutEntry(all, hash, key);
  return withEntry(all, hash, before === undefined ? draft.sharedNameOf(key) : key, given);
}

/** What is given once `entry` stands in place of the grant with that id; `undefined`: nothing. */
function replaced(given: Given | undefined, id: string, entry: CompiledGrant | undefined): Given | undefined {
  const others = listOf(given).filter((grant) => grant.id !== id);
  if (others.length === 0) return entry;
  const [first, ...more] = entry ? [...others, entry].sort((a, b) => (a.id < b.id ? -1 : 1)) : others;
  return first && more.length > 0 ? [first, ...more] : first;
}
