/** The invented change log: every change makes a revision that converges a moment later, or never. */
export function makeRevisions(state) {
  return { change: () => change(state), convergence: (revision) => convergence(state, revision) };
}

function boots(world) {
  return world.servers.flatMap((server) =>
    server.guards.map(({ guard, boot }) => ({ server: server.id, guard, boot })),
  );
}

function change(state) {
  const { world, wake } = state;
  const revision = ++world.revision;
  const lines = boots(world).map((boot) => ({
    ...boot,
    state: 'pending',
    appliedMs: null,
    heldRevision: revision - 1,
    closesInMs: 10_000,
  }));
  world.convergence.set(revision, { committedAt: Date.now(), lines });
  if (!state.neverApplies) setTimeout(() => apply(state, revision, lines), state.applyAfterMs);
  wake.emit('convergence');
  return revision;
}

function apply({ world, wake, applyAfterMs }, revision, lines) {
  for (const line of lines) {
    Object.assign(line, { state: 'applied', appliedMs: applyAfterMs, heldRevision: revision, closesInMs: null });
  }
  for (const server of world.servers) for (const guard of server.guards) guard.heldRevision = revision;
  wake.emit('convergence');
}

function convergence({ world }, revision = world.revision) {
  const known = world.convergence.get(revision) ?? {
    committedAt: Date.now() - 60_000,
    lines: boots(world).map((boot) => ({
      ...boot,
      state: 'applied',
      appliedMs: 9,
      heldRevision: revision,
      closesInMs: null,
    })),
  };
  const count = (word) => known.lines.filter((line) => line.state === word).length;
  const applied = known.lines.flatMap((line) => (line.appliedMs === null ? [] : [line.appliedMs]));
  return {
    revision,
    committedAt: known.committedAt,
    total: known.lines.length,
    applied: count('applied'),
    pending: count('pending'),
    closedByExpiry: count('closed_by_expiry'),
    slowestMs: applied.length ? Math.max(...applied) : null,
    lines: known.lines,
  };
}
