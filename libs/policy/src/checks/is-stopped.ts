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

function engagementOver({ stops, server, slice, tools }: State, call: Call): string | undefined {
  const { claims } = call;
  const { byTarget } = stops;
  return (
    stops.everything ??
    (server && byTarget.environment.get(server.environment)) ??
    byTarget.environment.get(claims.environment) ??
    firstOf(byTarget['tool-class'], classesOf(tools.get(call.tool))) ??
    byTarget.server.get(slice) ??
    byTarget.server.get(call.server) ??
    (byTarget.tool.size > 0 ? byTarget.tool.get(toolId(call.server, call.tool)) : undefined) ??
    overAgents(byTarget.agent, call) ??
    byTarget.role.get(claims.role) ??
    overUser(byTarget.user, call) ??
    (claims.conversation === undefined ? undefined : byTarget.conversation.get(claims.conversation))
  );
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
