import type { TokenCheck } from '../check.js';

/**
 * Is the token free of taint? The credentials it was made from besides its own, and the one its conversation was opened with,
 * are known to every guard once they are tainted; one that is not known is not tainted.
 */
export const isUntainted: TokenCheck = ({ credentials, conversations }, { claims }) => {
  if (claims.via === undefined && claims.conversation === undefined) return undefined;
  const opener = claims.conversation === undefined ? undefined : conversations.get(claims.conversation)?.credential;
  const isTainted = (id: string) => credentials.get(id)?.status === 'tainted';
  const tainted = claims.via?.find(isTainted) ?? (typeof opener === 'string' && isTainted(opener) ? opener : undefined);
  return tainted === undefined
    ? undefined
    : {
        reason: 'credential_revoked',
        rule: `credential:${tainted}`,
        detail: 'a credential that the token was made from is tainted',
      };
};
