import { addDecision } from './fixture-data.mjs';

/** The schema's root value over the invented world: one function a field. */
export function makeRoot(state) {
  const { world, wake } = state;
  const payload = (more) => ({ ...more, revision: world.revision });
  const session = () => ((state.signedIn = true), payload({ person: world.person, csrfToken: 'csrf-1' }));
  const agentOf = (id) => world.agents.find((agent) => agent.id === id) ?? null;
  const guards = () => world.servers.flatMap((server) => server.guards.map((guard) => ({ server: server.id, ...guard })));
  state.decide = () => world.servers.length > 0 && wake.emit('decision', addDecision(world));

  function change() {
    const revision = ++world.revision;
    const lines = guards().map(({ server, guard, boot }) => ({ server, guard, boot, state: 'pending', appliedMs: null, heldRevision: revision - 1, closesInMs: 10_000 }));
    world.convergence.set(revision, { committedAt: Date.now(), lines });
    if (!state.neverApplies) {
      setTimeout(() => {
        for (const line of lines) Object.assign(line, { state: 'applied', appliedMs: state.applyAfterMs, heldRevision: revision, closesInMs: null });
        for (const server of world.servers) for (const guard of server.guards) guard.heldRevision = revision;
        wake.emit('convergence');
      }, state.applyAfterMs);
    }
    wake.emit('convergence');
    return revision;
  }

  function convergence(revision = world.revision) {
    const known = world.convergence.get(revision) ?? {
      committedAt: Date.now() - 60_000,
      lines: guards().map(({ server, guard, boot }) => ({ server, guard, boot, state: 'applied', appliedMs: 9, heldRevision: revision, closesInMs: null })),
    };
    const count = (word) => known.lines.filter((line) => line.state === word).length;
    const applied = known.lines.flatMap((line) => (line.appliedMs === null ? [] : [line.appliedMs]));
    return {
      revision, committedAt: known.committedAt, total: known.lines.length, applied: count('applied'), pending: count('pending'),
      closedByExpiry: count('closed_by_expiry'), slowestMs: applied.length ? Math.max(...applied) : null, lines: known.lines,
    };
  }

  return {
    install: () => ({ ...world.install, stopUrl: state.stopUrl }),
    me: () => (state.signedIn ? world.person : null),
    overview: () => ({
      revision: world.revision, agents: world.agents.length, servers: world.servers.length, engaged: world.engagements, convergence: convergence(),
      lastHour: Object.fromEntries([['allowed', 'allow'], ['denied', 'deny'], ['held', 'hold'], ['aborted', 'aborted']].map(
        ([field, word]) => [field, world.decisions.filter((one) => one.outcome === word || one.result === word).length])),
    }),
    agents: () => world.agents, agent: ({ id }) => agentOf(id),
    servers: () => world.servers, server: ({ id }) => world.servers.find((server) => server.id === id) ?? null,
    environments: () => world.environments, roles: () => world.roles, grants: () => world.grants, killSwitches: () => world.engagements,
    killSwitchReach: ({ scope, target }) => ({
      agents: scope === 'agent' ? 1 : world.agents.length, servers: world.servers.length, tools: 4, callsLastMinute: 42, inFlight: 2,
      resolves: scope !== 'agent' || agentOf(target) !== null,
    }),
    recentDecisions: ({ first, agent, server }) => world.decisions.filter((one) => (!agent || one.agent === agent) && (!server || one.server === server)).slice(0, first),

    claimInstall: () => ((world.install.claimed = true), session()),
    signIn: ({ input }) => {
      if (input.password === 'wrong-password') throw Object.assign(new Error('E-mail or password is not right.'), { code: 'sign_in_refused' });
      return session();
    },
    signOut: () => ((state.signedIn = false), payload({})),
    openSocketTicket: () => payload({ ticket: 'ticket-1' }),
    issueStopTicket: () => payload({ ticket: 'stop-1', url: state.stopUrl, expiresAt: Date.now() + 43_200_000 }),
    createAgent: ({ input }) => {
      if (agentOf(input.id)) throw Object.assign(new Error('That id is taken.'), { code: 'already_exists' });
      const agent = { ...input, owner: world.person, status: 'active', demo: false, createdAt: Date.now(), credentials: [], assignments: [], lastDecisionAt: null, deniedLastDay: 0, stoppedBy: [] };
      world.agents.push(agent);
      change();
      return payload({ agent });
    },
    issueCredential: ({ input }) => {
      const credential = { id: `c-${world.revision}`, agent: input.agent, prefix: 'pcs_4c1d', status: 'active', createdBy: 'Ana', createdAt: Date.now(), expiresAt: input.expiresAt ?? null, lastUsedAt: null, revokedAt: null };
      agentOf(input.agent).credentials.push(credential);
      change();
      return payload({ credential, secret: 'pcs_4c1d-invented-secret-for-looking-at-the-console', tokenUrl: 'http://localhost:4000/oauth/token' });
    },
    revokeCredential: ({ id }) => {
      for (const agent of world.agents) for (const one of agent.credentials) if (one.id === id) Object.assign(one, { status: 'revoked', revokedAt: Date.now() });
      return { revision: change() };
    },
    assignRole: ({ input }) => {
      const assignment = { id: `as-${world.revision}`, ...input };
      agentOf(input.agent).assignments.push(assignment);
      change();
      return payload({ assignment });
    },
    removeAssignment: ({ id }) => {
      for (const agent of world.agents) agent.assignments = agent.assignments.filter((one) => one.id !== id);
      return { revision: change() };
    },
    createServer: ({ input }) => {
      world.servers.push({ ...input, demo: false, tools: [], unregisteredTools: [], guards: [] });
      return { revision: change() };
    },
    registerTool: ({ input }) => {
      const server = world.servers.find((one) => one.id === input.server);
      server.unregisteredTools = server.unregisteredTools.filter((one) => one.name !== input.name);
      server.tools.push({ id: `${server.id}/${input.name}`, name: input.name, description: null, classes: input.classes, inputSchema: null });
      return { revision: change() };
    },
    createJoinToken: () => payload({ joinToken: 'pcj1.invented.join-token', expiresAt: Date.now() + 3_600_000 }),
    engageKillSwitch: ({ input }) => {
      const known = world.engagements.find((one) => one.id === input.id);
      if (known) return { engagement: known, revision: known.revision };
      const engagement = { ...input, status: 'engaged', engagedBy: 'Ana', engagedAt: Date.now(), revision: change() };
      world.engagements.push(engagement);
      if (input.scope === 'agent') agentOf(input.target)?.stoppedBy.push(engagement);
      return { engagement, revision: engagement.revision };
    },
    runDemoIncident: () => payload({}),

    convergence: async function* ({ revision }) {
      const watched = revision ?? undefined;
      for (;;) {
        const now = convergence(watched);
        yield { convergence: structuredClone(now) };
        if (watched !== undefined && now.pending === 0) return;
        await once(wake, 'convergence');
      }
    },
    decisions: async function* ({ agent, server }) {
      const wanted = (one) => (!agent || one.agent === agent) && (!server || one.server === server);
      yield { decisions: { decisions: world.decisions.filter(wanted).slice(0, 50), dropped: 0, through: world.nextPosition - 1 } };
      for (;;) {
        const [decision] = await once(wake, 'decision');
        if (wanted(decision)) yield { decisions: { decisions: [decision], dropped: 0, through: decision.position } };
      }
    },
  };
}

function once(emitter, name) {
  return new Promise((resolve) => emitter.once(name, (...values) => resolve(values)));
}
