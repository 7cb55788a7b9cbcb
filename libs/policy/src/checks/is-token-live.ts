import { actorsOf } from '../actors.js';
import type { CallCheck, Denial } from '../check.js';
import type { State } from '../state.js';
import type { Call } from '../types.js';

/**
 * Is the token in time, for this server, about one agent and this environment, of a key that still signs, not revoked, and not
 * older than the cut-off of any agent it came by?
 */
export const isTokenLive: CallCheck = (state, call) =>
  expired(call) ??
  wrongAudience(state, call) ??
  inconsistent(state, call) ??
  withdrawn(call) ??
  revoked(state, call) ??
  cutOff(state, call);

/** Every comparison is written so that a number that is not one is refused. */
function expired({ claims, now }: Call): Denial | undefined {
  return now < claims.exp * 1000 ? undefined : { reason: 'token_expired', rule: null, detail: 'the token has expired' };
}

function wrongAudience({ server }: State, { claims }: Call): Denial | undefined {
  if (!server)
    return { reason: 'wrong_audience', rule: null, detail: 'this guard holds no server that a token could be for' };
  return claims.aud === server.resource
    ? undefined
    : { reason: 'wrong_audience', rule: `server:${server.id}`, detail: 'the token is for another server' };
}

function inconsistent({ server }: State, { claims }: Call): Denial | undefined {
  if (!isAboutOneAgent(claims))
    return { reason: 'token_invalid', rule: null, detail: 'the token names more than one agent' };
  return claims.environment === server?.environment
    ? undefined
    : { reason: 'token_invalid', rule: null, detail: 'the token is for another environment' };
}

/** The client is the agent. For a user, by exchange, the agent is the actor and the subject is that user; else the agent itself. */
function isAboutOneAgent({ agent, client_id: client, sub, act, user }: Call['claims']): boolean {
  if (agent !== client) return false;
  return act === undefined ? sub === agent : act.sub === agent && user === sub;
}

function withdrawn({ key = '', keys, now }: Call): Denial | undefined {
  const life = keys?.get(key);
  const isLive = keys === undefined || (life !== undefined && life.notBefore <= now && now < life.notAfter);
  return isLive
    ? undefined
    : { reason: 'token_invalid', rule: `signing-key:${key}`, detail: 'the key that signed the token signs no more' };
}

function revoked({ revokedTokens }: State, { claims }: Call): Denial | undefined {
  return revokedTokens.get(claims.jti) === undefined
    ? undefined
    : { reason: 'token_invalid', rule: `token-revocation:${claims.jti}`, detail: 'the token is revoked' };
}

function cutOff({ cutOffs }: State, { claims }: Call): Denial | undefined {
  const cut = actorsOf(claims).find((actor) => !(claims.rev >= (cutOffs.get(actor) ?? 0)));
  return cut === undefined
    ? undefined
    : { reason: 'token_invalid', rule: `cut-off:${cut}`, detail: `the token is older than the cut-off of ${cut}` };
}
