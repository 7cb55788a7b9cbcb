import type { CallCheck } from '../check.js';

/** Is the agent known and active? Suspended, retired and unknown are refused alike. */
export const isAgentActive: CallCheck = (state, { claims }) => {
  const agent = state.agents.get(claims.agent);
  if (agent?.status === 'active') return undefined;
  return agent
    ? { reason: 'agent_suspended', rule: `agent-status:${claims.agent}`, detail: `the agent is ${agent.status}` }
    : { reason: 'agent_suspended', rule: null, detail: 'this guard knows no such agent' };
};
