import type { CallCheck } from '../check.js';

/** Is the credential the token was issued for known, this agent's, not revoked and not past its end? */
export const isCredentialLive: CallCheck = (state, { claims, now }) => {
  const credential = state.credentials.get(claims.credential);
  if (!credential) return { reason: 'credential_revoked', rule: null, detail: 'this guard knows no such credential' };
  const denial = (detail: string) =>
    ({ reason: 'credential_revoked', rule: `credential:${claims.credential}`, detail }) as const;
  if (credential.agent !== claims.agent) return denial('the credential belongs to another agent');
  if (credential.status !== 'active') return denial('the credential is revoked');
  const isLive = credential.expiresAt === null || now < credential.expiresAt;
  return isLive ? undefined : denial('the credential has expired');
};
