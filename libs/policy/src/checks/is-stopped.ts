import { toolId } from '@portcullis/contracts';
import { actorsOf } from '../actors.js';
import type { CallCheck } from '../check.js';
import { classesOf } from '../known-tool.js';
import type { State } from '../state.js';
import type { Call } from '../types.js';

/** Does an engaged kill switch cover this call? Asked from the widest scope to the narrowest; the first that does is named. */
export const isStopped: CallCheck = (state, call) => {
  if (!state.stops.isAnyEngaged) return undefined;
  const id = engagementOver(state, call);
  return id === undefined
    ? undefined
    : {
        reason: 'kill_switch',
        rule: `kill-switch:${id}`,
        detail: `kill switch ${id} on ${scopeOf(state, id)} is engaged`,
      };
};

function engagementOver(state: State, call: Call): string | undefined {
  const { stops, server, slice, tools } = state;
  const { claims } = call;
  const { byTarget } = stops;
  return (
    stops.everything ??
    stopOn(byTarget.environment, server?.environment) ??
    stopOn(byTarget.environment, claims.environment) ??
    firstOf(byTarget['tool-class'], classesOf(tools.get(call.tool))) ??
    stopOn(byTarget.server, slice) ??
    stopOn(byTarget.server, call.server) ??
    overTool(state, call) ??
    overAgents(byTarget.agent, call) ??
    stopOn(byTarget.role, claims.role) ??
    overUser(byTarget.user, call) ??
    stopOn(byTarget.conversation, claims.conversation)
  );
}

/** Most scopes have no engagement at all, and then nothing is looked up. */
function stopOn(byTarget: ReadonlyMap<string, string>, target: string | undefined): string | undefined {
  return byTarget.size === 0 || target === undefined ? undefined : byTarget.get(target);
}

/** The id of a tool that is known here is at hand; making it anew for every call cost more than all other scopes together. */
function overTool({ stops, slice, tools }: State, { server, tool }: Call): string | undefined {
  const { tool: byTool } = stops.byTarget;
  if (byTool.size === 0) return undefined;
  const known = server === slice ? tools.get(tool)?.id : undefined;
  return byTool.get(known ?? toolId(server, tool));
}

function firstOf(byClass: ReadonlyMap<string, string>, classes: readonly string[]): string | undefined {
  if (byClass.size === 0) return undefined;
  for (const toolClass of classes) {
    const id = byClass.get(toolClass);
    if (id !== undefined) return id;
  }
  return undefined;
}

/** An agent that is stopped takes along what others do by its token. */
function overAgents(byAgent: ReadonlyMap<string, string>, { claims }: Call): string | undefined {
  if (byAgent.size === 0) return undefined;
  const stopped = actorsOf(claims).find((actor) => byAgent.has(actor));
  return stopped === undefined ? undefined : byAgent.get(stopped);
}

/** A target names a user with every agent, or `agent user` for one bucket; a user the agent asserted itself is hit alike (protocol F3). */
function overUser(byUser: ReadonlyMap<string, string>, { claims }: Call): string | undefined {
  if (claims.user === undefined || byUser.size === 0) return undefined;
  const buckets = [claims.user, ...actorsOf(claims).map((actor) => `${actor} ${claims.user}`)];
  const stopped = buckets.find((bucket) => byUser.has(bucket));
  return stopped === undefined ? undefined : byUser.get(stopped);
}

function scopeOf({ stops }: State, id: string): string {
  const stop = stops.byId.get(id);
  return stop && stop.target !== '' ? `${stop.scope} ${stop.target}` : 'everything';
}
