import { makeCredentialMutations } from './fixture-credentials.mjs';
import { makeRecordMutations } from './fixture-records.mjs';
import { makeApiTokenMutations } from './fixture-api-tokens.mjs';
import { makeDirectoryMutations } from './fixture-directories.mjs';
import { makeGrantMutations } from './fixture-grants.mjs';
import { makeEnvironmentMutations } from './fixture-environments.mjs';
import { makeTool, toolMutations } from './fixture-tools.mjs';
import { makePolicyMutations } from './fixture-policies.mjs';
import { makeWideningMutations } from './fixture-widenings.mjs';
import { refusal } from './fixture-refusal.mjs';
import { always, makeTokenMutations } from './fixture-tokens.mjs';

export function makeMutations(state, revisions) {
  return {
    ...session(state),
    ...makeEnvironmentMutations(state, revisions),
    ...makeCredentialMutations(state, revisions),
    ...makeTokenMutations(state, revisions),
    ...makeGrantMutations(state, revisions),
    ...makeApiTokenMutations(state, revisions),
    ...makeDirectoryMutations(state, revisions),
    ...makeWideningMutations(state, revisions),
    ...makePolicyMutations(state, revisions),
    ...makeRecordMutations(state),
    ...agents(state, revisions),
    ...lifecycle(state, revisions),
    ...servers(state, revisions),
    ...toolMutations(state, revisions),
    ...stops(state, revisions),
  };
}

function session(state) {
  const { world } = state;
  const enter = () => {
    state.signedIn = true;
    return { person: world.person, csrfToken: 'csrf-1', revision: world.revision };
  };
  return {
    claimInstall: () => {
      world.install.claimed = true;
      return enter();
    },
    signIn: ({ input }) => {
      if (input.password === 'wrong-password') throw refusal('sign_in_refused', 'E-mail or password is not right.');
      return enter();
    },
    signOut: () => {
      state.signedIn = false;
      return { revision: world.revision };
    },
    openSocketTicket: () => ({ ticket: 'ticket-1', revision: world.revision }),
  };
}

function agents({ world }, { change }) {
  const agentOf = (id) => world.agents.find((agent) => agent.id === id) ?? null;
  return {
    createAgent: ({ input }) => {
      if (agentOf(input.id)) throw refusal('already_exists', 'That id is taken.');
      const agent = { ...bareAgent(world), ...input, owner: ownerOf(world, input) };
      world.agents.push(agent);
      return { agent, revision: change() };
    },
    assignRole: ({ input }) => {
      const assignment = { id: `as-${world.revision}`, ...always, ...input };
      agentOf(input.agent).assignments.push(assignment);
      return { assignment, revision: change() };
    },
    removeAssignment: ({ id }) => {
      for (const agent of world.agents) agent.assignments = agent.assignments.filter((one) => one.id !== id);
      return { revision: change() };
    },
  };
}

function lifecycle({ world }, { change }) {
  const to = (status) => (input) => {
    const agent = world.agents.find((one) => one.id === input.id);
    if (agent.status === 'retired') throw refusal('retired', 'This agent is retired.');
    agent.status = status;
    return { agent, revision: change() };
  };
  return {
    suspendAgent: to('suspended'),
    resumeAgent: to('active'),
    retireAgent: to('retired'),
    updateAgent: ({ input: { id, owner, ...changed } }) => {
      const agent = world.agents.find((one) => one.id === id);
      Object.assign(agent, changed);
      if (owner !== undefined) agent.owner = ownerOf(world, { owner });
      return { agent, revision: change() };
    },
    setAgentHost: ({ agent: id, host }) => {
      const agent = world.agents.find((one) => one.id === id);
      agent.host = host ?? null;
      return { agent, revision: change() };
    },
    setRotationPolicy: ({ input: { agent: id, ...policy } }) => {
      const agent = world.agents.find((one) => one.id === id);
      agent.rotationPolicy = { ...policy, nextDueAt: Date.now() + policy.intervalSeconds * 1000, state: 'fine' };
      return { agent, revision: change() };
    },
    removeRotationPolicy: ({ agent: id }) => {
      const agent = world.agents.find((one) => one.id === id);
      agent.rotationPolicy = null;
      return { agent, revision: change() };
    },
    renameAgent: ({ input }) => {
      const agent = world.agents.find((one) => one.id === input.id);
      Object.assign(agent, { name: input.name, description: input.description ?? agent.description });
      return { agent, revision: change() };
    },
  };
}

function ownerOf({ person }, { owner }) {
  return owner === null ? null : person;
}

function bareAgent() {
  return {
    status: 'active',
    demo: false,
    createdAt: Date.now(),
    credentials: [],
    assignments: [],
    lastDecisionAt: null,
    deniedLastDay: 0,
    stoppedBy: [],
    tags: [],
    ownerGone: false,
    host: null,
    rotationPolicy: null,
  };
}

function servers({ world }, { change }) {
  return {
    createServer: ({ input }) => {
      world.servers.push({ ...input, demo: false, tools: [], unregisteredTools: [], guards: [] });
      return { revision: change() };
    },
    registerTool: ({ input: { server: id, name, classes } }) => {
      const server = world.servers.find((one) => one.id === id);
      server.unregisteredTools = server.unregisteredTools.filter((one) => one.name !== name);
      server.tools.push(makeTool(Date.now(), name, classes, 'Newly registered', { id: `${id}/${name}`, server: id }));
      return { revision: change() };
    },
    createJoinToken: () => ({
      joinToken: 'pcj1.invented.join-token',
      expiresAt: Date.now() + 3_600_000,
      revision: world.revision,
    }),
  };
}

function stops(state, { change }) {
  const { world } = state;
  return {
    issueStopTicket: () => ({
      ticket: 'stop-1',
      url: state.stopUrl,
      expiresAt: Date.now() + 43_200_000,
      revision: world.revision,
    }),
    engageKillSwitch: ({ input }) => {
      const known = world.engagements.find((one) => one.id === input.id);
      if (known) return { engagement: known, revision: known.revision };
      const engagement = {
        ...input,
        status: 'engaged',
        engagedBy: 'Ana',
        engagedAt: Date.now(),
        revision: change(),
      };
      world.engagements.push(engagement);
      const agent = input.scope === 'agent' ? world.agents.find((one) => one.id === input.target) : undefined;
      agent?.stoppedBy.push(engagement);
      return { engagement, revision: engagement.revision };
    },
    runDemoIncident: () => ({ revision: world.revision }),
  };
}
