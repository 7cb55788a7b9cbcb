export function makeMutations(state, revisions) {
  return {
    ...session(state),
    ...agents(state, revisions),
    ...lifecycle(state, revisions),
    ...servers(state, revisions),
    ...stops(state, revisions),
  };
}

function refusal(code, message) {
  return Object.assign(new Error(message), { code });
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
      const agent = { ...input, ...bareAgent(world) };
      world.agents.push(agent);
      return { agent, revision: change() };
    },
    issueCredential: ({ input }) => {
      const credential = newCredential(world, input);
      agentOf(input.agent).credentials.push(credential);
      const secret = 'pcs_4c1d-invented-secret-for-looking-at-the-console';
      return { credential, secret, tokenUrl: 'http://localhost:4000/oauth/token', revision: change() };
    },
    revokeCredential: ({ id }) => {
      const credential = world.agents.flatMap((agent) => agent.credentials).find((one) => one.id === id);
      Object.assign(credential, { status: 'revoked', revokedAt: Date.now() });
      return { revision: change() };
    },
    assignRole: ({ input }) => {
      const assignment = { id: `as-${world.revision}`, ...input };
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
    renameAgent: ({ input }) => {
      const agent = world.agents.find((one) => one.id === input.id);
      Object.assign(agent, { name: input.name, description: input.description ?? agent.description });
      return { agent, revision: change() };
    },
  };
}

function bareAgent({ person }) {
  return {
    owner: person,
    status: 'active',
    demo: false,
    createdAt: Date.now(),
    credentials: [],
    assignments: [],
    lastDecisionAt: null,
    deniedLastDay: 0,
    stoppedBy: [],
  };
}

function newCredential({ revision }, { agent, expiresAt = null }) {
  return {
    id: `c-${revision}`,
    agent,
    prefix: 'pcs_4c1d',
    status: 'active',
    createdBy: 'Ana',
    createdAt: Date.now(),
    expiresAt,
    lastUsedAt: null,
    revokedAt: null,
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
      server.tools.push({ id: `${id}/${name}`, name, description: null, classes, inputSchema: null });
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
