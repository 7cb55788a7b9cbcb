import { hash } from 'node:crypto';
import { accessTokenSchema } from '@portcullis/contracts';
import { z } from 'zod';
import type { HeldKeySet } from './key-set.js';
import type { TokenKey } from './token-key.js';
import type { TokenRefusal, VerifiedCaller } from './types.js';

const longestToken = 8192;
const mostKept = 10_000;

/** Exactly what the token endpoint writes. Anything more (`crit`, `jwk`, `jku`, `b64` …) would ask for a rule nobody made. */
const headerSchema = z.strictObject({ alg: z.literal('ES256'), typ: z.literal('at+jwt'), kid: z.string() });
const claimsSchema = accessTokenSchema.extend({ nbf: z.number().optional() });

/**
 * Verifies access tokens (RFC 9068, RFC 8725) with keys from the signed key set alone. What verified is kept by the token's
 * SHA-256, the oldest going first; whatever can change about it must be asked again by the caller of this class (protocol F6).
 * How a token is shown is no part of what is kept.
 */
export class TokenVerifier {
  readonly #keySet: HeldKeySet;
  readonly #audience: string;
  readonly #controlTime: () => number | undefined;
  readonly #kept = new Map<string, VerifiedCaller>();
  #keptFor = 0;

  constructor(keySet: HeldKeySet, audience: string, controlTime: () => number | undefined) {
    this.#keySet = keySet;
    this.#audience = audience;
    this.#controlTime = controlTime;
  }

  /** Signature, issuer, audience, type and form. Without control time expiry is not judged and nothing is kept. */
  verify(token: string): VerifiedCaller | TokenRefusal {
    if (token.length > longestToken) return invalid('it is too long');
    const digest = hash('sha256', token, 'binary');
    const kept = this.#keptNow();
    const known = kept.get(digest);
    if (known) return known;
    const now = this.#controlTime();
    const verdict = this.#judge(token, now);
    if (now !== undefined && 'claims' in verdict) keep(kept, digest, verdict);
    return verdict;
  }

  #judge(token: string, now: number | undefined): VerifiedCaller | TokenRefusal {
    const kid = keyIdOf(token);
    const key = kid === undefined ? undefined : this.#keySet.tokenKeys.get(kid);
    if (kid === undefined || !key) return invalid(kid === undefined ? 'its header' : 'its key is not in the key set');
    if (now !== undefined && !isInTime(key, now)) return invalid('its key is not valid now');
    const payload = payloadOf(token, key);
    if (payload instanceof Error) return invalid(payload.message);
    const { data: claims, error } = claimsSchema.safeParse(payload);
    if (!claims) return invalid(`its claim ${error.issues[0]?.path.join('.') ?? ''}`);
    if (claims.aud !== this.#audience) return { refused: 'wrong_audience' };
    if (now !== undefined && !(now < claims.exp * 1000)) return { refused: 'token_expired' };
    if (now !== undefined && claims.nbf !== undefined && !(claims.nbf * 1000 <= now))
      return invalid('it is not valid yet');
    return { claims, key: kid };
  }

  /** A new key set may have withdrawn a key, and with it what that key signed. */
  #keptNow(): Map<string, VerifiedCaller> {
    const { number } = this.#keySet.current;
    if (number !== this.#keptFor) this.#kept.clear();
    this.#keptFor = number;
    return this.#kept;
  }
}

function keep(kept: Map<string, VerifiedCaller>, digest: string, caller: VerifiedCaller): void {
  kept.set(digest, caller);
  if (kept.size <= mostKept) return;
  const [oldest] = kept.keys();
  if (oldest !== undefined) kept.delete(oldest);
}

function keyIdOf(token: string): string | undefined {
  try {
    const text = Buffer.from(token.slice(0, Math.max(0, token.indexOf('.'))), 'base64url').toString('utf8');
    return headerSchema.parse(JSON.parse(text)).kid;
  } catch {
    return undefined;
  }
}

function payloadOf(token: string, key: TokenKey): unknown {
  try {
    return key.verify(token);
  } catch (error) {
    return error instanceof Error ? error : new Error('unknown');
  }
}

function isInTime({ notBefore, notAfter }: TokenKey, now: number): boolean {
  return notBefore <= now && now < notAfter;
}

function invalid(why: string): TokenRefusal {
  return { refused: 'token_invalid', why };
}
