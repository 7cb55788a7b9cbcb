import type { JsonWebKey } from 'node:crypto';
import type pg from 'pg';
import { loadSigningKeys, type SigningKeyState } from './signing-key.js';

/** A token-signing key as oidc-provider takes it: private JWK with `kid`, `alg` ES256 and `use` sig. */
export interface TokenKey {
  readonly kid: string;
  readonly state: Exclude<SigningKeyState, 'withdrawn'>;
  readonly privateJwk: JsonWebKey & { readonly kid: string; readonly alg: 'ES256'; readonly use: 'sig' };
}

/** The one that signs first, then the others, newest first. Withdrawn keys are not among them: their private half is gone. */
export async function loadTokenKeys(pool: Pick<pg.ClientBase, 'query'>, kek: Buffer): Promise<TokenKey[]> {
  const keys = (await loadSigningKeys(pool, kek, 'token'))
    .reverse()
    .flatMap(({ kid, state, privateKey }): TokenKey[] =>
      state === 'withdrawn'
        ? []
        : [{ kid, state, privateJwk: { ...privateKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' } }],
    );
  return [...keys.filter(({ state }) => state === 'signing'), ...keys.filter(({ state }) => state !== 'signing')];
}
