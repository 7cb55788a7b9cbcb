import { compileGrant } from '../compile-grant.js';
import type { Draft } from '../draft.js';
import { widenedKey } from '../widened-key.js';
import type { CompiledGrant, GrantSlice } from '../state.js';
import type { Change } from '../types.js';
import { isStale } from './is-stale.js';

const nothingGranted: GrantSlice = { byTool: new Map(), byClass: new Map() };

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
  const environments = draft.own(index.get(key));
  const slice = environments.get(at.environment) ?? nothingGranted;
  environments.set(
    at.environment,
    'id' in at.tool
      ? { byTool: placeIn(draft.own(slice.byTool), at.tool.id, at.id, entry), byClass: slice.byClass }
      : { byTool: slice.byTool, byClass: placeIn(draft.own(slice.byClass), at.tool.class, at.id, entry) },
  );
  if (at.conversation !== undefined && entry === undefined && isEmpty(environments.get(at.environment)))
    environments.delete(at.environment);
  if (environments.size > 0) index.set(key, environments);
  else index.delete(key);
}

const isEmpty = (slice: GrantSlice | undefined) => !slice || slice.byTool.size + slice.byClass.size === 0;

function placeIn(
  lists: Map<string, readonly CompiledGrant[]>,
  key: string,
  id: string,
  entry: CompiledGrant | undefined,
): ReadonlyMap<string, readonly CompiledGrant[]> {
  const others = lists.get(key)?.filter((grant) => grant.id !== id) ?? [];
  const list = !entry
    ? others
    : others.length === 0
      ? [entry]
      : [...others, entry].sort((a, b) => (a.id < b.id ? -1 : 1));
  if (list.length > 0) lists.set(key, list);
  else lists.delete(key);
  return lists;
}
