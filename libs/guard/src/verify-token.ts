import { accessTokenSchema, type AccessTokenClaims } from '@portcullis/contracts';
import { decodeJwt, errors, importJWK, jwtVerify, type JWTHeaderParameters } from 'jose';
import type { HeldKeySet } from './key-set.js';
import { sha256 } from './recorder.js';
import type { TokenRefusal, VerifiedCaller } from './types.js';

const longestToken = 8192;
const mostKept = 10_000;

/**
 * Verifies access tokens (RFC 9068, RFC 8725) with keys from the signed key set alone. What verified is kept by the token's
 * SHA-256, the oldest going first; whatever can change about it must be asked again by the caller of this class (protocol F6).
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
  async verify(token: string): Promise<VerifiedCaller | TokenRefusal> {
    if (token.length > longestToken) return { refused: 'token_invalid' };
    const key = sha256(token);
    const { number } = this.#keySet.current;
    const known = this.#knownFor(number).get(key);
    if (known) return known;
    try {
      const now = this.#controlTime();
      const claims = await this.#claimsOf(token, now);
      const caller: VerifiedCaller = { claims };
      if (now !== undefined && number === this.#keySet.current.number) this.#keep(key, caller);
      return caller;
    } catch (error) {
      return { refused: refusalOf(error) };
    }
  }

  async #claimsOf(token: string, now: number | undefined): Promise<AccessTokenClaims> {
    const { payload } = await jwtVerify(token, (header) => this.#keyFor(header, now), {
      algorithms: ['ES256'],
      typ: 'at+jwt',
      issuer: this.#keySet.current.issuer,
      audience: this.#audience,
      currentDate: new Date(now ?? (decodeJwt(token).iat ?? 0) * 1000),
      requiredClaims: ['exp', 'iat', 'jti'],
    });
    return accessTokenSchema.parse(payload);
  }

  async #keyFor({ kid }: JWTHeaderParameters, now: number | undefined) {
    const entry = this.#keySet.current.tokenKeys.find((candidate) => candidate.kid === kid);
    const isValid = entry && (now === undefined || (entry.notBefore <= now && now < entry.notAfter));
    if (!isValid) throw new errors.JWKSNoMatchingKey();
    return importJWK(entry.jwk, 'ES256');
  }

  /** A new key set may have withdrawn a key, and with it what that key signed. */
  #knownFor(number: number): Map<string, VerifiedCaller> {
    if (number !== this.#keptFor) this.#kept.clear();
    this.#keptFor = number;
    return this.#kept;
  }

  #keep(key: string, caller: VerifiedCaller): void {
    this.#kept.set(key, caller);
    if (this.#kept.size <= mostKept) return;
    const [oldest] = this.#kept.keys();
    if (oldest !== undefined) this.#kept.delete(oldest);
  }
}

function refusalOf(error: unknown): TokenRefusal['refused'] {
  if (error instanceof errors.JWTExpired) return 'token_expired';
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud') return 'wrong_audience';
  return 'token_invalid';
}
