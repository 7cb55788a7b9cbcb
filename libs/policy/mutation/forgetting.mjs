/**
 * What modules of policy remember between two decisions: kept there, what a mutant made would be what the next one is judged by. Their
 * `WeakMap`s forget when told to, and so does what `remembered.ts` keeps.
 */
class Forgetful extends WeakMap {
  static round = 0;

  get(key) {
    const entry = super.get(key);
    return entry?.round === Forgetful.round ? entry.value : undefined;
  }

  has(key) {
    return super.get(key)?.round === Forgetful.round;
  }

  set(key, value) {
    return super.set(key, { round: Forgetful.round, value });
  }
}

const memory = (globalThis.__memory ??= { Forgetful, lookedUp: untold });

function untold() {
  throw new Error(
    'mutation_stale: policy no longer remembers in remembered.ts; name the file that does in forgetting.mjs',
  );
}

/** Throws when what is to be forgotten is not where it was: every mutant would be judged by what the one before it left. */
export function forget() {
  Forgetful.round += 1;
  memory.lookedUp();
}

const ofRemembered = '\n;globalThis.__memory.lookedUp = () => { bySlice.clear(); latest = undefined; };\n';

/** For Vite. */
export const forgetting = {
  name: 'forgetting',
  enforce: 'pre',
  transform(code, id) {
    if (!id.includes('/libs/policy/src/')) return undefined;
    const forgetful = code.replaceAll('new WeakMap', 'new globalThis.__memory.Forgetful');
    return id.endsWith('/src/remembered.ts') ? forgetful + ofRemembered : forgetful;
  },
};
