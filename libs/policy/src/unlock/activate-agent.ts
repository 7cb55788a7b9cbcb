import { actorsOf } from '../actors.js';
import { rolesHeldBy } from '../roles-held.js';
import { giveRole } from './give-role.js';
import { newToken, step, type Scene } from './step.js';

/** Suspension has a way back, retirement has none. An agent that is unknown here may only lack a role in this environment. */
export function activateAgent(scene: Scene) {
  const { state, call } = scene;
  const { claims } = call;
  const dead = actorsOf(claims).find((actor) => state.agents.get(actor)?.status !== 'active') ?? claims.agent;
  const status = state.agents.get(dead)?.status;
  if (status === 'suspended')
    return [
      step('resume-agent', `Resume agent ${dead}`, {
        values: { agent: dead },
        feed: [{ kind: 'agent-status', id: dead, value: { status: 'active' } }],
      }),
    ];
  if (dead !== claims.agent) return [withoutActors(scene, `that does not come from ${dead}`)];
  if (status === 'retired') return `Agent ${dead} is retired, which is one way: create another agent in its place.`;
  if (rolesHeldBy(state, dead).length === 0) return giveRole(scene);
  return [
    step('create-agent', `Create agent ${dead}`, {
      values: { agent: dead },
      feed: [
        { kind: 'agent', id: dead, value: { name: dead } },
        { kind: 'agent-status', id: dead, value: { status: 'active' } },
      ],
    }),
  ];
}

/** A token of the agent's own that nobody handed on. */
export function withoutActors({ call }: Scene, how: string) {
  const { agent, act } = call.claims;
  return newToken(how, { act: act && { sub: agent }, via: undefined });
}
