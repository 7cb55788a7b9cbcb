import { makeEnvironmentQueries } from './fixture-environments.mjs';
import { toolQueries } from './fixture-tools.mjs';
import { makeAccess } from './fixture-access.mjs';
import { makeGrantQueries } from './fixture-grants.mjs';
import { makeDryRun } from './fixture-dry-run.mjs';
import { makeDirectoryQueries } from './fixture-directories.mjs';
import { makePolicyQueries } from './fixture-policies.mjs';
import { makeQuotaQueries } from './fixture-quotas.mjs';
import { makeWideningQueries } from './fixture-widenings.mjs';

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
    ...makeEnvironmentQueries(world),
    ...tokenQueries(world),
    ...makeAccess(world),
    ...makeGrantQueries(world),
    ...toolQueries(world),
    ...makePolicyQueries(world),
    ...makeDryRun(world),
    ...makeDirectoryQueries(world),
    ...makeWideningQueries(world),
    ...makeQuotaQueries(world),
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

function tokenQueries(world) {
  return {
    people: () => [world.person],
    roles: () => world.roles,
    environments: () => world.environments,
    apiTokens: () => world.apiTokens,
    changes: ({ agent, before, first }) =>
      world.changes
        .filter((one) => one.agent === agent && one.revision < (before ?? Infinity))
        .toSorted((a, b) => b.revision - a.revision)
        .slice(0, first),
    conversations: ({ agent, status, before, first }) =>
      world.conversations
        .filter((one) => (!agent || one.agent === agent) && (!status || one.status === status))
        .filter((one) => one.openedAt < (before ?? Infinity))
        .toSorted((a, b) => b.openedAt - a.openedAt)
        .slice(0, first)
        .map((one) => ({ ...one, widenings: world.widenings.filter(({ conversation }) => conversation === one.id) })),
    tokenSettings: () => world.tokenSettings,
    subjectIssuers: () => world.issuers,
  };
}

export function isWanted(decision, { agent, server }) {
  return (!agent || decision.agent === agent) && (!server || decision.server === server);
}

function counts({ decisions }) {
  const count = (word) => decisions.filter((one) => one.outcome === word || one.result === word).length;
  return Object.fromEntries(outcomes.map(([field, word]) => [field, count(word)]));
}
