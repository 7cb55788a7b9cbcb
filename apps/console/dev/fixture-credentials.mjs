import { refuseInternal } from './fixture-issuers.mjs';
import { bareCredential } from './fixture-tokens.mjs';

/** Invented credentials: the steps of their lifecycle, in order only as far as the console needs it. */
export function makeCredentialMutations({ world }, { change }) {
  const credentials = () => world.agents.flatMap((agent) => agent.credentials);
  const credentialOf = (id) => credentials().find((one) => one.id === id);
  const issue = (status, input) => {
    refuseInternal(input.jwksUri, 'key_address_refused');
    const credential = newCredential(world, input, status);
    world.agents.find((one) => one.id === input.agent).credentials.push(credential);
    const secret = (input.kind ?? 'secret') === 'secret' ? 'pcs_4c1d-invented-secret-for-looking-at-the-console' : null;
    return { credential, secret, tokenUrl: 'http://localhost:4000/oauth/token', revision: change() };
  };
  const move = (id, changed) => {
    const credential = credentialOf(id);
    Object.assign(credential, changed);
    return { credential, revision: change() };
  };
  return {
    issueCredential: ({ input }) => issue('active', input),
    prepareCredential: ({ input }) => issue('prepared', input),
    activateCredential: ({ id }) => move(id, { status: 'active', activatedAt: Date.now() }),
    retireCredential: ({ id, overlapSeconds }) =>
      move(id, {
        status: 'retiring',
        retiringSince: Date.now(),
        retiresAt: Date.now() + overlapSeconds * 1000,
      }),
    revokeCredential: ({ id }) => move(id, { status: 'revoked', revokedAt: Date.now() }),
    taintCredential: ({ id, reason }) => {
      const gone = credentials().filter((one) => one.id === id || one.derivedFrom === id);
      for (const one of gone) Object.assign(one, { status: 'tainted', taintedAt: Date.now(), taintReason: reason });
      return { credential: credentialOf(id), credentials: gone.length, conversations: 1, revision: change() };
    },
  };
}

function newCredential({ revision }, input, status) {
  const { agent, kind = 'secret', publicJwk = null, jwksUri = null, notBefore = null, expiresAt = null } = input;
  const now = Date.now();
  return {
    ...bareCredential,
    id: `c-${revision}`,
    agent,
    prefix: jwksUri ? new URL(jwksUri).host : kind === 'secret' ? 'pcs_4c1d' : `key_${String(revision)}`,
    kind,
    publicJwk,
    jwksUri,
    status,
    createdAt: now,
    activatedAt: status === 'active' ? now : null,
    notBefore,
    expiresAt,
  };
}
