import type { Credential, State } from '../state.js';

/** The credentials of every agent: whoever asks about all agents reads the table once. */
export function credentialsByAgent(state: State): ReadonlyMap<string, readonly (readonly [string, Credential])[]> {
  const held = new Map<string, (readonly [string, Credential])[]>();
  for (const entry of state.credentials.entries()) {
    const mine = held.get(entry[1].agent);
    if (mine) mine.push(entry);
    else held.set(entry[1].agent, [entry]);
  }
  return held;
}
