import { fetchRefusals, FetchRefusal, type FetchReason } from '../platform/fetch-refusal.js';

/** Why a key set cannot be used, where it could be read. Like those of fetching: a class, never what the other side said. */
const contentRefusals = {
  not_a_key_set: 'the answer is not a JWK set (RFC 7517)',
  private_key: 'the set holds a private key; make new keys and publish their public halves alone',
  too_many_keys: 'the set holds more keys than are read',
  not_metadata: 'the answer is not OpenID metadata with issuer and jwks_uri',
  other_issuer: 'the metadata names another issuer; give the address exactly as it stands there',
  no_usable_key: 'the set holds no public signing key of a kind that is taken',
} as const;

export const keySetRefusals = { ...fetchRefusals, ...contentRefusals } as const;
export type KeySetReason = FetchReason | keyof typeof contentRefusals;

export class KeySetRefusal extends Error {
  override readonly name = 'KeySetRefusal';

  constructor(readonly reason: keyof typeof contentRefusals) {
    super(contentRefusals[reason]);
  }
}

/** The class of what went wrong while keys were read; a fault of ours is thrown on. */
export function keySetReason(error: unknown): KeySetReason {
  if (error instanceof KeySetRefusal || error instanceof FetchRefusal) return error.reason;
  throw error;
}
