import { tasks, toolId, type Task } from '@portcullis/contracts';
import { isInWindow } from '../checks/is-in-window.js';
import { isTaskCovered } from '../checks/is-task-covered.js';
import { isWithinConstraints } from '../checks/is-within-constraints.js';
import { mayBeStale } from '../checks/may-be-stale.js';
import { grantsFor } from '../grants-for.js';
import type { CompiledGrant, KnownTool } from '../state.js';
import { isProvable } from './is-provable.js';
import { isSatisfiable } from './is-satisfiable.js';
import { instantText } from './instant-text.js';
import { openConversation } from './open-conversation.js';
import { newToken, step, type Scene, type Step } from './step.js';

/** Fits the call to the grant that asks for the fewest changes; a new grant only where none there is can serve. */
export function giveGrant(scene: Scene): readonly Step[] {
  const tool = scene.state.tools.get(scene.call.tool);
  const ways = tool ? grantsFor(scene.state, scene.call).flatMap((grant) => way(scene, grant, tool) ?? []) : [];
  const [best] = ways.toSorted((a, b) => a.steps.length - b.steps.length);
  return best?.steps ?? [newGrant(scene)];
}

/** What the call lacks for this grant; `undefined` when it can never serve: void, over, or with limits nothing satisfies. */
function way(scene: Scene, grant: CompiledGrant, tool: KnownTool): { readonly steps: readonly Step[] } | undefined {
  const { state, call } = scene;
  const steps: Step[] = [];
  if (grant.isVoid) return undefined;
  if (!isTaskCovered.passes(grant, call, tool, state)) steps.push(...tokenFor(scene, grant.task));
  if (!isInWindow.passes(grant, call, tool, state)) {
    const { notBefore: until, notAfter } = grant;
    if (!(until > call.now && notAfter > until)) return undefined;
    steps.push(step('wait', `Wait until ${instantText(until)}`, { values: { until }, call: { now: until } }));
  }
  if (!mayBeStale.passes(grant, call, tool, state))
    steps.push(
      step('reach-control-plane', 'The guard has to reach the control plane again', {
        call: { posture: 'fresh', staleSeconds: 0 },
      }),
    );
  if (!isWithinConstraints.passes(grant, call, tool, state)) {
    if (!isSatisfiable(grant.authored) || !isProvable(grant.authored, state, call)) return undefined;
    steps.push(otherArguments(scene, grant, tool));
  }
  return { steps };
}

/** A conversation record limits the tasks that tokens are issued for, so a larger one needs another record. */
function tokenFor(scene: Scene, task: Task): readonly Step[] {
  const { conversation } = scene.call.claims;
  const record = conversation === undefined ? undefined : scene.state.conversations.get(conversation);
  return record && !record.tasks.includes(task)
    ? openConversation(scene, undefined, task)
    : [newToken(`for task ${task}`, { task }, { task })];
}

function otherArguments({ state, call, words }: Scene, grant: CompiledGrant, tool: KnownTool): Step {
  const broken = grant.authored.filter((_constraint, index) => {
    const check = grant.constraints[index];
    return check && !isWithinConstraints.passes({ ...grant, constraints: [check] }, call, tool, state);
  });
  const mustSatisfy = broken.map(words);
  const { id, role, environment, tool: place, task, notBefore, notAfter, staleSeconds } = grant;
  const instants = { notBefore: finite(notBefore), notAfter: finite(notAfter) };
  const kept = { constraints: [], obligations: grant.promised };
  const value = { role, environment, tool: place, task, ...kept, ...instants, staleSeconds };
  return step('change-arguments', `Change the arguments: ${mustSatisfy.join('; ')}`, {
    values: { grant: id },
    mustSatisfy,
    assumed: [{ kind: 'grant', id, value }],
  });
}

const finite = (instant: number): number | null => (Number.isFinite(instant) ? instant : null);

/** A grant of its own for this very call, without constraints and obligations. */
export function newGrant({ state, call, round }: Scene): Step {
  const { role, task } = call.claims;
  const environment = state.server?.environment ?? '';
  const tool = toolId(call.server, call.tool);
  const asked = tasks.includes(task) ? task : 'lookup';
  const words = `Grant ${tool} to role ${role} in ${environment} for task ${asked}, without constraints`;
  const value = {
    ...{ role, environment, tool: { id: tool }, task: asked, constraints: [] },
    ...{ notBefore: null, notAfter: null, staleSeconds: 0 },
  };
  return step('create-grant', words, {
    values: { role, environment, tool, task: asked },
    feed: [{ kind: 'grant', id: `new-grant-${round}`, value }],
  });
}
