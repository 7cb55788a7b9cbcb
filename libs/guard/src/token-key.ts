import type { KeySet, PublicKeyEntry } from '@portcullis/contracts';
import { publicKeyFromJwk } from '@portcullis/contracts/signed';
import { createVerifier } from 'fast-jwt';

/** A token-signing key of a key set, ready to verify. */
export interface TokenKey {
  readonly notBefore: number;
  readonly notAfter: number;
  /** The payload of a token that this key signed, as the issuer of the set. Throws for any other. Asks no clock. */
  readonly verify: (token: string) => unknown;
}

/**
 * The usable token keys of a set by their id. An id that names two keys names none, and what is no P-256 key is left out: it is
 * the key that says the algorithm (RFC 8725 section 3.1), never the token.
 */
export function tokenKeysOf(set: KeySet): ReadonlyMap<string, TokenKey> {
  const keys = new Map<string, TokenKey>();
  for (const entry of set.tokenKeys) {
    const isOnly = set.tokenKeys.filter(({ kid }) => kid === entry.kid).length === 1;
    const key = isOnly ? tokenKeyOf(entry, set.issuer) : undefined;
    if (key) keys.set(entry.kid, key);
  }
  return keys;
}

function tokenKeyOf({ jwk, notBefore, notAfter }: PublicKeyEntry, issuer: string): TokenKey | undefined {
  if (jwk['kty'] !== 'EC' || jwk['crv'] !== 'P-256') return undefined;
  try {
    const verify = createVerifier({
      key: publicKeyFromJwk(jwk).export({ type: 'spki', format: 'pem' }),
      algorithms: ['ES256'],
      checkTyp: 'at+jwt',
      allowedIss: issuer,
      requiredClaims: ['iss', 'aud', 'exp', 'iat', 'jti'],
      ignoreExpiration: true,
      ignoreNotBefore: true,
    });
    return { notBefore, notAfter, verify };
  } catch {
    return undefined;
  }
}
