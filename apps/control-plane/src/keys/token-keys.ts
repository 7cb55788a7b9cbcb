import type { JsonWebKey } from 'node:crypto';
import type pg from 'pg';
import { loadSigningKeys } from './signing-key.js';

/** A token-signing key as oidc-provider takes it: private JWK with `kid`, `alg` ES256 and `use` sig. */
export interface TokenKey {
  readonly kid: string;
  readonly privateJwk: JsonWebKey & { readonly kid: string; readonly alg: 'ES256'; readonly use: 'sig' };
}

/** Newest first: the first one signs. */
export async function loadTokenKeys(pool: Pick<pg.ClientBase, 'query'>, kek: Buffer): Promise<TokenKey[]> {
  const keys = await loadSigningKeys(pool, kek, 'token');
  return keys.reverse().map((key) => ({
    kid: key.kid,
    privateJwk: { ...key.privateKey.export({ format: 'jwk' }), kid: key.kid, alg: 'ES256', use: 'sig' },
  }));
}
