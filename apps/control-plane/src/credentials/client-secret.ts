import { createHash, randomBytes } from 'node:crypto';

const shownCharacters = 10;

/** 256 random bits, so a plain SHA-256 is enough to keep: there is nothing to guess at. */
export function newClientSecret(): { readonly secret: string; readonly prefix: string; readonly hash: string } {
  const secret = `pcs_${randomBytes(32).toString('base64url')}`;
  return { secret, prefix: secret.slice(0, shownCharacters), hash: clientSecretHash(secret) };
}

export function clientSecretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
