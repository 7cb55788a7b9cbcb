import { makeIssuerMutations } from './fixture-issuers.mjs';

const minute = 60_000;
const day = 24 * 60 * minute;

export const always = { notBefore: null, notAfter: null, state: 'current' };

export const bareCredential = {
  kind: 'secret',
  status: 'active',
  createdBy: 'Ana',
  publicJwk: null,
  jwksUri: null,
  notBefore: null,
  activatedAt: null,
  retiringSince: null,
  retiresAt: null,
  derivedFrom: null,
  taintedAt: null,
  taintReason: null,
  expiresAt: null,
  lastUsedAt: null,
  lastUsedFrom: null,
  lastUsedServer: null,
  revokedAt: null,
};

/** A rotation in its overlap, the old credential silent, beside two that are over. */
export function rotatingCredentials(agent, now) {
  const made = (id, prefix, given) => ({ ...bareCredential, id: `${agent}-${id}`, agent, prefix, ...given });
  const used = { lastUsedFrom: '10.1.4.9', lastUsedServer: 'support-desk' };
  return [
    made('c1', 'key_7a02', {
      kind: 'private_key_jwt',
      status: 'revoked',
      createdAt: now - 60 * day,
      revokedAt: now - 30 * day,
    }),
    made('c2', 'pcs_0d11', {
      status: 'tainted',
      createdAt: now - 40 * day,
      taintedAt: now - 39 * day,
      taintReason: 'printed in a build log',
    }),
    made('c3', 'key_b771', {
      kind: 'private_key_jwt',
      status: 'retiring',
      createdAt: now - 30 * day,
      activatedAt: now - 30 * day,
      retiringSince: now - 5 * minute,
      retiresAt: now + 10 * minute,
      lastUsedAt: now - 7 * minute,
      ...used,
    }),
    made('c4', 'key_e3c9', {
      kind: 'private_key_jwt',
      createdAt: now - 10 * minute,
      activatedAt: now - 6 * minute,
      lastUsedAt: now - 4_000,
      ...used,
    }),
  ];
}

export function makeConversations(now, count) {
  const made = (n, given) => ({
    id: `${(0x0b6f2f6d + n).toString(16).padStart(8, '0')}-8d3c-4d58-9a51-7a0d1f6c0001`,
    agent: 'cs-prod',
    user: 'acme-sso:u-4471',
    tasks: ['lookup', 'update'],
    attributes: { customerId: 'C-104', vip: true },
    digests: 3,
    status: 'open',
    openedBy: 'agent desk-host',
    credential: 'cs-prod-c1',
    openedAt: now - 4 * minute,
    expiresAt: now + 56 * minute,
    closedAt: null,
    closedBy: null,
    ...given,
  });
  return [
    made(1, {}),
    made(2, {
      user: null,
      tasks: ['lookup'],
      attributes: {},
      digests: 0,
      status: 'closed',
      openedAt: now - 90 * minute,
      expiresAt: now - 30 * minute,
      closedAt: now - 60 * minute,
      closedBy: 'Ana',
    }),
    ...Array.from({ length: count - 2 }, (_, n) =>
      made(n + 3, {
        status: 'expired',
        openedAt: now - (9 + n) * 60 * minute,
        expiresAt: now - (8 + n) * 60 * minute,
      }),
    ),
  ];
}

export function makeChanges(now) {
  const made = (revision, kind, text, value) => ({
    agent: 'cs-prod',
    revision,
    at: now - (42 - revision) * 47 * minute,
    kind,
    object: kind === 'assignment' ? 'cs-prod-a1' : 'cs-prod',
    text,
    value,
  });
  return [
    made(12, 'agent', 'Agent cs-prod was created by Ana.', { status: 'active' }),
    made(14, 'assignment', 'Role support in prod was assigned by Ana.', { role: 'support', environment: 'prod' }),
    made(31, 'credential', 'Credential pcs_9f31 was issued by Ana.', { kind: 'secret', status: 'active' }),
    made(40, 'assignment', 'Role support in staging was assigned by Ana, for 2 h.', null),
  ];
}

function signingKey(kid, state, since, notAfter, guardsBehind = 0) {
  return { kid, state, since, notAfter, guardsBehind };
}

export function makeTokenSettings(now) {
  return {
    tokenLifeSeconds: 300,
    leastTokenLifeSeconds: 60,
    requireDpop: false,
    issuer: 'http://localhost:4000',
    tokenUrl: 'http://localhost:4000/oauth/token',
    signingKeys: [
      signingKey('WQ3x9T1cVn0yQkq2', 'signing', now - 4 * minute, now + 27 * day),
      signingKey('k7MfD2_uPz81LwaS', 'verifying', now - 4 * minute, now + minute),
      signingKey('p0Zk44aaRr9-bTcE', 'withdrawn', now - 3 * day, now - 2 * day),
    ],
    changedAt: now - 3 * day,
    changedBy: 'Ana',
  };
}

export function makeTokenMutations(state, revisions) {
  return {
    ...conversationMutations(state, revisions),
    ...settingsMutations(state, revisions),
    ...makeIssuerMutations(state, revisions),
  };
}

function conversationMutations({ world }, { change }) {
  return {
    openConversation: ({ input: { expiresInSeconds, digests, ...input } }) => {
      const conversation = {
        ...input,
        digests: digests.length,
        user: `portcullis:${world.person.id}`,
        status: 'open',
        openedBy: 'Ana',
        credential: null,
        openedAt: Date.now(),
        expiresAt: Date.now() + expiresInSeconds * 1000,
        closedAt: null,
        closedBy: null,
      };
      world.conversations.push(conversation);
      return { conversation, revision: change() };
    },
    closeConversation: ({ id }) => {
      const conversation = world.conversations.find((one) => one.id === id);
      Object.assign(conversation, { status: 'closed', closedAt: Date.now(), closedBy: 'Ana' });
      return { conversation, revision: change() };
    },
    issueSubjectToken: () => ({
      subjectToken: `invented.${'subject-token-'.repeat(24)}.end`,
      expiresAt: Date.now() + 5 * minute,
      revision: world.revision,
    }),
  };
}

function settingsMutations(state, { change }) {
  const settings = state.world.tokenSettings;
  return {
    updateTokenSettings: ({ input }) => {
      Object.assign(settings, input, { changedAt: Date.now(), changedBy: 'Ana' });
      return { settings, revision: change() };
    },
    rotateSigningKey: () => {
      const kid = `key-${state.world.revision}`;
      const next = signingKey(kid, 'published', Date.now(), Date.now() + 30 * day, state.neverApplies ? 2 : 1);
      settings.signingKeys.unshift(next);
      if (!state.neverApplies) setTimeout(() => takeOver(settings, next), state.keyTakesMs);
      return { settings, revision: change() };
    },
    withdrawSigningKey: ({ kid }) => {
      const key = settings.signingKeys.find((one) => one.kid === kid);
      Object.assign(key, { state: 'withdrawn', since: Date.now(), guardsBehind: 1 });
      if (!state.neverApplies) setTimeout(() => (key.guardsBehind = 0), state.keyTakesMs);
      return { settings, revision: change() };
    },
  };
}

function takeOver({ signingKeys }, next) {
  for (const key of signingKeys.filter((one) => one.state === 'signing'))
    Object.assign(key, { state: 'verifying', since: Date.now(), notAfter: Date.now() + 5 * minute });
  Object.assign(next, { state: 'signing', since: Date.now(), guardsBehind: 0 });
}
