const outcomes = [
  ['allowed', 'allow'],
  ['denied', 'deny'],
  ['held', 'hold'],
  ['aborted', 'aborted'],
];

export function makeQueries(state, { convergence }) {
  const { world } = state;
  const agentOf = (id) => world.agents.find((agent) => agent.id === id) ?? null;
  return {
    install: () => ({ ...world.install, stopUrl: state.stopUrl }),
    me: () => (state.signedIn ? world.person : null),
    overview: () => ({
      revision: world.revision,
      agents: world.agents.length,
      servers: world.servers.length,
      engaged: world.engagements,
      convergence: convergence(),
      lastHour: counts(world),
    }),
    agents: () => world.agents,
    agent: ({ id }) => agentOf(id),
    servers: () => world.servers,
    server: ({ id }) => world.servers.find((server) => server.id === id) ?? null,
    environments: () => world.environments,
    roles: () => world.roles,
    grants: () => world.grants,
    killSwitches: () => world.engagements,
    killSwitchReach: ({ scope, target }) => ({
      agents: scope === 'agent' ? 1 : world.agents.length,
      servers: world.servers.length,
      tools: 4,
      callsLastMinute: 42,
      inFlight: 2,
      resolves: scope !== 'agent' || agentOf(target) !== null,
    }),
    recentDecisions: ({ first, ...filter }) => world.decisions.filter((one) => isWanted(one, filter)).slice(0, first),
  };
}

export function isWanted(decision, { agent, server }) {
  return (!agent || decision.agent === agent) && (!server || decision.server === server);
}

function counts({ decisions }) {
  const count = (word) => decisions.filter((one) => one.outcome === word || one.result === word).length;
  return Object.fromEntries(outcomes.map(([field, word]) => [field, count(word)]));
}
