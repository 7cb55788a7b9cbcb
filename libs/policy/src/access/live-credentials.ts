import type { State } from '../state.js';
import { isLiveAt } from '../unlock/live-credential.js';

/** The credential with which each agent can get a token now, the first by id: whoever asks about all agents reads the table once. */
export function liveCredentials({ credentials }: State, now: number): ReadonlyMap<string, string> {
  const live = new Map<string, string>();
  for (const [id, credential] of credentials.entries()) {
    if (!isLiveAt(credential, now)) continue;
    const other = live.get(credential.agent);
    if (other === undefined || id < other) live.set(credential.agent, id);
  }
  return live;
}
