import { createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';
import { ExternalSigningKey } from 'oidc-provider';
import type { TokenKey } from '../keys/token-keys.js';

/**
 * A token key that signs in place. Oidc-provider by itself has each signature made on another thread, and the way there and back
 * costs several times the signature.
 */
export class Signer extends ExternalSigningKey {
  readonly #private: KeyObject;
  readonly #public: KeyObject;

  constructor({ privateJwk, kid }: TokenKey) {
    super();
    this.#private = createPrivateKey({ key: privateJwk, format: 'jwk' });
    this.#public = createPublicKey(this.#private);
    Object.assign(this, { kid, alg: privateJwk.alg });
  }

  override keyObject(): KeyObject {
    return this.#public;
  }

  override sign(data: Uint8Array): Uint8Array {
    return sign('sha256', data, { key: this.#private, dsaEncoding: 'ieee-p1363' });
  }
}
