import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import type { Domain, SignedText } from '../envelope.js';

/** The bytes under a signature: the domain, a zero byte, the payload's UTF-8. */
function signedBytes(domain: Domain, payload: string): Buffer {
  return Buffer.concat([Buffer.from(domain), Buffer.of(0), Buffer.from(payload, 'utf8')]);
}

/** Signs a payload text with an Ed25519 private key (RFC 8032). The signature is base64url. */
export function signText(domain: Domain, payload: string, privateKey: KeyObject): SignedText {
  return { payload, signature: sign(null, signedBytes(domain, payload), privateKey).toString('base64url') };
}

/** Whether the signature is this key's over this payload in this domain. Never throws. */
export function isSignedBy(domain: Domain, text: SignedText, publicKey: KeyObject): boolean {
  try {
    const signature = Buffer.from(text.signature, 'base64url');
    return signature.length === 64 && verify(null, signedBytes(domain, text.payload), publicKey, signature);
  } catch {
    return false;
  }
}

/** A public key from its JWK. Throws when the JWK is not a key. */
export function publicKeyFromJwk(jwk: Record<string, unknown>): KeyObject {
  return createPublicKey({ key: jwk as never, format: 'jwk' });
}
