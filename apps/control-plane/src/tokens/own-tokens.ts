import { accessTokenSchema, type AccessTokenClaims } from '@portcullis/contracts';
import { createLocalJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import type { TokenKeys } from '../keys/current-token-keys.js';
import type { TokenKey } from '../keys/token-keys.js';

const longestToken = 8192;

/** Reads access tokens made here. Whether they are still worth anything is asked elsewhere. */
export class OwnTokens {
  private readFor: readonly TokenKey[] = [];
  private keySet: JWTVerifyGetKey = createLocalJWKSet({ keys: [] });

  constructor(
    private readonly issuer: string,
    private readonly keys: TokenKeys,
  ) {}

  /** The claims of one that is ours and has not expired, else `undefined`. */
  async read(token: unknown): Promise<AccessTokenClaims | undefined> {
    if (typeof token !== 'string' || token.length > longestToken) return undefined;
    try {
      const { payload } = await jwtVerify(token, (header, input) => this.keyFor(header, input), {
        algorithms: ['ES256'],
        typ: 'at+jwt',
        issuer: this.issuer,
      });
      return accessTokenSchema.parse(payload);
    } catch {
      return undefined;
    }
  }

  /** Another replica may sign with a key that this one has not read yet. */
  private async keyFor(...asked: Parameters<JWTVerifyGetKey>): Promise<Awaited<ReturnType<JWTVerifyGetKey>>> {
    try {
      return await this.publicKeys()(...asked);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await this.keys.refresh();
      return this.publicKeys()(...asked);
    }
  }

  private publicKeys(): JWTVerifyGetKey {
    const keys = this.keys.verifying();
    if (keys !== this.readFor) {
      const jwks = keys.map(({ privateJwk: { kty, crv, x, y, kid, alg } }) => ({ kty, crv, x, y, kid, alg }));
      this.keySet = createLocalJWKSet({ keys: jwks as never });
      this.readFor = keys;
    }
    return this.keySet;
  }
}
