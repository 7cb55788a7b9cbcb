import { makeMutations } from './fixture-mutations.mjs';
import { isWanted, makeQueries } from './fixture-queries.mjs';
import { makeRevisions } from './fixture-revisions.mjs';

/** The schema's root value over the invented world: one function a field. */
export function makeRoot(state) {
  const revisions = makeRevisions(state);
  return { ...makeQueries(state, revisions), ...makeMutations(state, revisions), ...streams(state, revisions) };
}

function streams({ world, wake }, { convergence }) {
  return {
    convergence: async function* ({ revision }) {
      const watched = revision ?? undefined;
      for (;;) {
        const now = convergence(watched);
        yield { convergence: structuredClone(now) };
        if (watched !== undefined && now.pending === 0) return;
        await once(wake, 'convergence');
      }
    },
    decisions: async function* (filter) {
      const newest = world.decisions.filter((one) => isWanted(one, filter)).slice(0, 50);
      yield { decisions: { decisions: newest, dropped: 0, through: world.nextPosition - 1 } };
      for (;;) {
        const [decision] = await once(wake, 'decision');
        if (!isWanted(decision, filter)) continue;
        yield { decisions: { decisions: [decision], dropped: 0, through: decision.position } };
      }
    },
  };
}

function once(emitter, name) {
  return new Promise((resolve) => emitter.once(name, (...values) => resolve(values)));
}
