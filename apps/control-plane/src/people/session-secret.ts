import { hkdfSync } from 'node:crypto';

export const SESSION_SECRET = Symbol('session-secret');

/** Signs session cookies and CSRF tokens. Every replica derives the same one from the key-encryption key. */
export function sessionSecretFrom(kek: Buffer): string {
  return Buffer.from(hkdfSync('sha256', kek, '', 'portcullis/session/v1', 32)).toString('base64url');
}
