import { accessTokenSchema, type AccessTokenClaims } from '@portcullis/contracts';
import { createLocalJWKSet, jwtVerify, type JWTVerifyGetKey } from 'jose';
import type { TokenKey } from '../keys/token-keys.js';

const longestToken = 8192;

/** Reads access tokens made here. Whether they are still worth anything is asked elsewhere. */
export class OwnTokens {
  private readonly keys: JWTVerifyGetKey;

  constructor(
    private readonly issuer: string,
    tokenKeys: readonly TokenKey[],
  ) {
    const publicKeys = tokenKeys.map(({ privateJwk: { kty, crv, x, y, kid, alg } }) => ({ kty, crv, x, y, kid, alg }));
    this.keys = createLocalJWKSet({ keys: publicKeys as never });
  }

  /** The claims of one that is ours and has not expired, else `undefined`. */
  async read(token: unknown): Promise<AccessTokenClaims | undefined> {
    if (typeof token !== 'string' || token.length > longestToken) return undefined;
    try {
      const { payload } = await jwtVerify(token, this.keys, {
        algorithms: ['ES256'],
        typ: 'at+jwt',
        issuer: this.issuer,
      });
      return accessTokenSchema.parse(payload);
    } catch {
      return undefined;
    }
  }
}
