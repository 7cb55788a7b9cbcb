import type { Draft } from '../draft.js';
import { compilePolicy } from '../policies/compile-policy.js';
import { placed } from '../policies/held-policies.js';
import type { Change } from '../types.js';
import { isStale } from './is-stale.js';

/** Applies all policies of an interval at once: there are few, so where each is asked is worked out anew. */
export function applyPolicies(draft: Draft, changes: readonly Change[]): void {
  const byId = new Map(draft.policies.byId);
  const unreadable = new Map(draft.unreadable);
  for (const change of changes) {
    const rule = `policy:${change.id}`;
    if (isStale(change, byId.get(change.id) ?? unreadable.get(rule))) continue;
    byId.delete(change.id);
    unreadable.delete(rule);
    if (change.value === null) continue;
    const policy = compilePolicy(change.id, change.revision, change.value, draft.engines);
    if (policy) byId.set(change.id, policy);
    else unreadable.set(rule, { rule, revision: change.revision, what: 'a policy this guard cannot read' });
  }
  draft.policies = placed(byId.values());
  draft.unreadable = unreadable;
}
