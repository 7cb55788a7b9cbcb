import { isLiveStatus, liveCredentialOf } from '../live-credential-of.js';
import { instantText } from './instant-text.js';
import { newToken, step, type Scene } from './step.js';

/** Waits for the credential that is to come, takes another the agent has, or else asks for a new one: what is revoked or tainted stays so. */
export function liveCredential({ state, call, round }: Scene) {
  const { agent, credential: id } = call.claims;
  const held = state.credentials.get(id);
  const begins = held?.notBefore ?? 0;
  const isToCome = held?.agent === agent && isLiveStatus(held.status) && begins > call.now;
  if (held && isToCome && (held.expiresAt ?? Infinity) > begins)
    return [step('wait', `Wait until ${instantText(begins)}`, { values: { until: begins }, call: { now: begins } })];
  const other = liveCredentialOf(state, agent, call.now)?.id;
  if (other !== undefined) return [newToken(`with credential ${other}`, { credential: other }, { credential: other })];
  const made = `new-credential-${round}`;
  return [
    step('issue-credential', `Issue a new credential to ${agent}`, {
      values: { agent },
      feed: [{ kind: 'credential', id: made, value: { agent, status: 'active', expiresAt: null } }],
    }),
    newToken('with the new credential', { credential: made }, { credential: made }),
  ];
}
