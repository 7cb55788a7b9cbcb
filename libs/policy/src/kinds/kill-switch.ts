import { feedObjectSchemas, killSwitchScopeSchema } from '@portcullis/contracts';
import type { Draft } from '../draft.js';
import { noStops, type Engagement, type Stops, type Unreadable } from '../state.js';
import type { Change } from '../types.js';
import { isStale } from './is-stale.js';

/** Applies all kill switches of an interval at once: there are few, so their index is built anew. */
export function applyKillSwitches(draft: Draft, changes: readonly Change[]): void {
  const byId = new Map(draft.stops.byId);
  const unreadable = new Map(draft.unreadable);
  for (const change of changes) applyOne(byId, unreadable, change);
  draft.stops = indexed(byId);
  draft.unreadable = unreadable;
}

function applyOne(byId: Map<string, Engagement>, unreadable: Map<string, Unreadable>, change: Change): void {
  const rule = `kill-switch:${change.id}`;
  if (isStale(change, byId.get(change.id) ?? unreadable.get(rule))) return;
  byId.delete(change.id);
  unreadable.delete(rule);
  if (change.value === null) return;
  const parsed = feedObjectSchemas['kill-switch'].safeParse(change.value);
  if (!parsed.success) {
    unreadable.set(rule, { rule, revision: change.revision, what: 'a kill switch this guard cannot read' });
    return;
  }
  const { scope, target, status } = parsed.data;
  byId.set(change.id, { id: change.id, revision: change.revision, scope, target, status });
  if (status === 'engaged' && !killSwitchScopeSchema.safeParse(scope).success)
    unreadable.set(rule, {
      rule,
      revision: change.revision,
      what: 'a kill switch of a scope this guard does not know',
    });
}

function indexed(byId: ReadonlyMap<string, Engagement>): Stops {
  const engaged = [...byId.values()]
    .filter(({ status }) => status === 'engaged')
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  if (engaged.length === 0) return { ...noStops, byId };
  const targets = (scope: string) => {
    const first = new Map<string, string>();
    for (const stop of engaged) if (stop.scope === scope && !first.has(stop.target)) first.set(stop.target, stop.id);
    return first;
  };
  return {
    byId,
    isAnyEngaged: true,
    everything: engaged.find(({ scope }) => scope === 'everything')?.id,
    byTarget: {
      environment: targets('environment'),
      'tool-class': targets('tool-class'),
      server: targets('server'),
      tool: targets('tool'),
      agent: targets('agent'),
      role: targets('role'),
      user: targets('user'),
      conversation: targets('conversation'),
    },
  };
}
