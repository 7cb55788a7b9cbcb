import { actorsOf } from '../actors.js';
import type { TokenCheck } from '../check.js';

/** Are the agent, and those whose token it was made from, known and active? Suspended, retired and unknown are refused alike. */
export const isAgentActive: TokenCheck = ({ agents }, { claims }) => {
  if (claims.act === undefined && agents.get(claims.agent)?.status === 'active') return undefined;
  const dead = actorsOf(claims).find((actor) => agents.get(actor)?.status !== 'active');
  if (dead === undefined) return undefined;
  const status = agents.get(dead)?.status;
  return status
    ? { reason: 'agent_suspended', rule: `agent-status:${dead}`, detail: `the agent is ${status}` }
    : { reason: 'agent_suspended', rule: null, detail: 'this guard knows no such agent' };
};
