/** Words of the token endpoint beyond RFC 6749: grant, token types and client assertion (RFC 8693, RFC 7523). */
export const tokenWords = {
  exchangeGrant: 'urn:ietf:params:oauth:grant-type:token-exchange',
  accessToken: 'urn:ietf:params:oauth:token-type:access_token',
  idToken: 'urn:ietf:params:oauth:token-type:id_token',
  jwt: 'urn:ietf:params:oauth:token-type:jwt',
  clientAssertion: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  /** `typ` of a subject token from our own sign-in: 5 minutes, audience our issuer, `may_act` naming one agent. */
  ownSubjectType: 'portcullis-subject+jwt',
} as const;

/** `error` codes of RFC 9449 that the token endpoint and a guard's challenge use alike. */
export const dpopErrors = ['invalid_dpop_proof', 'use_dpop_nonce'] as const;
export type DpopError = (typeof dpopErrors)[number];

/** `alg` of a DPoP proof that the token endpoint and guards take alike, as `dpop_signing_alg_values_supported` and `algs` list them. */
export const dpopAlgorithms = ['ES256', 'ES384', 'Ed25519', 'EdDSA', 'PS256', 'RS256'] as const;
export type DpopAlgorithm = (typeof dpopAlgorithms)[number];

/** Limits of a DPoP proof (RFC 9449): nonces live 30 s (protocol F7), a proof's `iat` counts only where no nonce is asked. */
export const dpopLimits = { nonceSeconds: 30, proofSeconds: 60, longestProof: 4096 } as const;

/** Most actors in a chain of `act`, the first included, and most credentials in `via`. */
export const longestActChain = 4;
