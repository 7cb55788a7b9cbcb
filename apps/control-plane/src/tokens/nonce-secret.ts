import { hkdfSync } from 'node:crypto';

/** Makes the nonces of the token endpoint. Every replica and every rebuilt provider derives the same one, so each takes the others' nonces. */
export function nonceSecretFrom(kek: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', kek, '', 'portcullis/dpop-nonce/v1', 32));
}
