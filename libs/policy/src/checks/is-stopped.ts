import { toolId } from '@portcullis/contracts';
import { actorsOf } from '../actors.js';
import type { CallCheck, Denial } from '../check.js';
import { classesOf } from '../known-tool.js';
import type { KnownTool, State } from '../state.js';
import type { Call } from '../types.js';

/** Does an engaged kill switch cover this call? Asked from the widest scope to the narrowest; the first that does is named. */
export const isStopped: CallCheck = (state, call, _held, tool) =>
  state.stops.isAnyEngaged ? stoppedBy(state, wide(state, call) ?? among(state, call, tool)) : undefined;

/** What is left to ask of one that no engagement covers but for its tool. */
export const isToolStopped: CallCheck = (state, call, _held, tool) =>
  state.stops.isAnyEngaged ? stoppedBy(state, ofClass(state, tool) ?? overTool(state, call, tool)) : undefined;

/** Whether an engagement covers whatever the caller of this token does at this server. */
export const isCallerStopped: CallCheck = (state, call) =>
  state.stops.isAnyEngaged
    ? stoppedBy(state, wide(state, call) ?? ofServer(state, call) ?? ofCaller(state, call))
    : undefined;

function stoppedBy(state: State, id: string | undefined): Denial | undefined {
  return id === undefined
    ? undefined
    : {
        reason: 'kill_switch',
        rule: `kill-switch:${id}`,
        detail: `kill switch ${id} on ${scopeOf(state, id)} is engaged`,
      };
}

function wide({ stops, server }: State, { claims }: Call): string | undefined {
  const { environment } = stops.byTarget;
  return stops.everything ?? stopOn(environment, server?.environment) ?? stopOn(environment, claims.environment);
}

function among(state: State, call: Call, tool: KnownTool | undefined): string | undefined {
  return ofClass(state, tool) ?? ofServer(state, call) ?? overTool(state, call, tool) ?? ofCaller(state, call);
}

function ofClass({ stops }: State, tool: KnownTool | undefined): string | undefined {
  return firstOf(stops.byTarget['tool-class'], classesOf(tool));
}

function ofServer({ stops, slice }: State, { server }: Call): string | undefined {
  return stopOn(stops.byTarget.server, slice) ?? stopOn(stops.byTarget.server, server);
}

function ofCaller({ stops }: State, call: Call): string | undefined {
  const { agent, role, user, conversation } = stops.byTarget;
  const { claims } = call;
  return (
    overAgents(agent, call) ??
    stopOn(role, claims.role) ??
    overUser(user, call) ??
    stopOn(conversation, claims.conversation)
  );
}

/** Most scopes have no engagement at all, and then nothing is looked up. */
function stopOn(byTarget: ReadonlyMap<string, string>, target: string | undefined): string | undefined {
  return byTarget.size === 0 || target === undefined ? undefined : byTarget.get(target);
}

/** The id of a tool that is known here is at hand; making it anew for every call cost more than all other scopes together. */
function overTool({ stops, slice }: State, { server, tool }: Call, known: KnownTool | undefined): string | undefined {
  const { tool: byTool } = stops.byTarget;
  if (byTool.size === 0) return undefined;
  const id = server === slice ? known?.id : undefined;
  return byTool.get(id ?? toolId(server, tool));
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
