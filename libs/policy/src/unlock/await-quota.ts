import { isWithinQuota } from '../checks/is-within-quota.js';
import { namedGrantChecks } from '../decide.js';
import { grantsFor } from '../grants-for.js';
import { isOver, windowEnd } from '../quota.js';
import type { CompiledGrant } from '../state.js';
import { newGrant } from './give-grant.js';
import { instantText } from './instant-text.js';
import { step, type Scene, type Step } from './step.js';

/** Waits for the first window in which a grant has enough left; a grant of its own for what is more than any window lets through. */
export function awaitQuota(scene: Scene): readonly Step[] {
  const { state, call } = scene;
  const tool = state.tools.get(call.tool);
  const checks = Object.values(namedGrantChecks);
  const grants = tool
    ? grantsFor(state, call).filter((grant) => checks.every((check) => check.passes(grant, call, tool, state)))
    : [];
  const instants = grants.flatMap((grant) => beginsAnew(scene, grant) ?? []);
  if (instants.length === 0) return [newGrant(scene)];
  const until = Math.min(...instants);
  const words = `Wait until ${instantText(until)}, when the quota begins anew`;
  return [step('wait', words, { values: { until }, call: { now: until } })];
}

/** When every quota of the grant that is used up has begun anew; `undefined` when the call is too much even then. */
function beginsAnew({ state, call }: Scene, grant: CompiledGrant): number | undefined {
  const over = grant.obligations.quotas.filter((quota) => isOver(grant.id, quota, call));
  const until = Math.max(...over.map((quota) => windowEnd(quota, call.now)));
  const tool = state.tools.get(call.tool);
  return tool && isWithinQuota.passes(grant, { ...call, now: until }, tool, state) ? until : undefined;
}
