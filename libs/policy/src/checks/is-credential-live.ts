import type { CallCheck } from '../check.js';
import { isLiveStatus } from '../live-credential-of.js';

/** Is the credential the token was issued for known, this agent's, neither revoked nor tainted, and within its time? */
export const isCredentialLive: CallCheck = (_state, { claims, now }, { credential }) => {
  if (!credential) return { reason: 'credential_revoked', rule: null, detail: 'this guard knows no such credential' };
  const denial = (detail: string) =>
    ({ reason: 'credential_revoked', rule: `credential:${claims.credential}`, detail }) as const;
  if (credential.agent !== claims.agent) return denial('the credential belongs to another agent');
  if (!isLiveStatus(credential.status)) return denial(`the credential is ${credential.status}`);
  if (now < (credential.notBefore ?? 0)) return denial('the credential does not hold yet');
  const isLive = credential.expiresAt === null || now < credential.expiresAt;
  return isLive ? undefined : denial('the credential has expired');
};
