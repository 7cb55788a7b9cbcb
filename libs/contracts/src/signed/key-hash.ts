import { createHash, type KeyObject } from 'node:crypto';

/** base64url SHA-256 of a public key's SPKI DER: how a join token names the root key. */
export function publicKeyHash(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64url');
}
