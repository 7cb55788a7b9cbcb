import { actorsOf } from '../actors.js';
import type { Denial, TokenCheck } from '../check.js';
import type { State } from '../state.js';
import type { Call } from '../types.js';

type Token = Pick<Call, 'claims'>;

/** Is the token for this server, about one agent and this environment, not revoked, and not older than the cut-off of any agent it came by? */
export const isTokenInForce: TokenCheck = (state, token) =>
  wrongAudience(state, token) ?? inconsistent(state, token) ?? revoked(state, token) ?? cutOff(state, token);

function wrongAudience({ server }: State, { claims }: Token): Denial | undefined {
  if (!server)
    return { reason: 'wrong_audience', rule: null, detail: 'this guard holds no server that a token could be for' };
  return claims.aud === server.resource
    ? undefined
    : { reason: 'wrong_audience', rule: `server:${server.id}`, detail: 'the token is for another server' };
}

function inconsistent({ server }: State, { claims }: Token): Denial | undefined {
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

function revoked({ revokedTokens }: State, { claims }: Token): Denial | undefined {
  return revokedTokens.get(claims.jti) === undefined
    ? undefined
    : { reason: 'token_invalid', rule: `token-revocation:${claims.jti}`, detail: 'the token is revoked' };
}

function cutOff({ cutOffs }: State, { claims }: Token): Denial | undefined {
  if (cutOffs.size === 0 && claims.rev >= 0) return undefined;
  const cut = actorsOf(claims).find((actor) => !(claims.rev >= (cutOffs.get(actor) ?? 0)));
  return cut === undefined
    ? undefined
    : { reason: 'token_invalid', rule: `cut-off:${cut}`, detail: `the token is older than the cut-off of ${cut}` };
}
