import { refusal } from './fixture-refusal.mjs';

const day = 24 * 60 * 60_000;

export function makeIssuers(now, count) {
  return Array.from({ length: count }, (_, n) => ({
    id: n === 0 ? 'acme-sso' : `subsidiary-${n}`,
    name: n === 0 ? 'Acme sign-in' : `Subsidiary ${n}`,
    issuer: n === 0 ? 'https://sso.acme.example' : `https://login.subsidiary-${n}.example/realms/people`,
    audience: 'portcullis',
    jwksUri: n % 2 === 0 ? null : `https://login.subsidiary-${n}.example/realms/people/protocol/openid-connect/certs`,
    enabled: n % 3 !== 1,
    createdBy: 'Ana',
    createdAt: now - (5 + n) * day,
  }));
}

/** Addresses with `internal` in them stand for what the control plane would not read. */
export function refuseInternal(address, code, place = '') {
  if (String(address).includes('internal'))
    throw refusal(
      code,
      `${place}the host is not public; an operator may allow it by name with PORTCULLIS_INTERNAL_HOSTS`,
    );
}

export function makeIssuerMutations({ world }, { change }) {
  const issuerOf = (id) => world.issuers.find((one) => one.id === id);
  return {
    createSubjectIssuer: ({ input }) => {
      if (issuerOf(input.id)) throw refusal('already_exists', `there is an issuer ${input.id}`);
      if (input.audience.length > 200) {
        const fields = [{ path: 'audience', message: 'at most 200 characters' }];
        throw refusal('input_invalid', 'audience: at most 200 characters', { fields });
      }
      refuseInternal(input.issuer, 'issuer_refused', 'issuer: ');
      refuseInternal(input.jwksUri, 'issuer_refused', 'jwksUri: ');
      const issuer = { jwksUri: null, ...input, enabled: true, createdBy: 'Ana', createdAt: Date.now() };
      world.issuers.push(issuer);
      return { issuer, revision: change() };
    },
    updateSubjectIssuer: ({ input }) => {
      refuseInternal(input.jwksUri, 'issuer_refused', 'jwksUri: ');
      return { issuer: Object.assign(issuerOf(input.id), input), revision: change() };
    },
    removeSubjectIssuer: ({ id }) => {
      world.issuers = world.issuers.filter((one) => one.id !== id);
      return { revision: change() };
    },
  };
}
