import { createHash, randomBytes } from 'node:crypto';

const begins = 'pct_';
const shownCharacters = 10;

/** 256 random bits: a plain SHA-256 is enough to keep, and looking the hash up tells nothing about the token. */
export function newTokenText(): { readonly token: string; readonly prefix: string; readonly hash: string } {
  const token = `${begins}${randomBytes(32).toString('base64url')}`;
  return { token, prefix: token.slice(0, shownCharacters), hash: tokenHash(token) };
}

export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** The token in an Authorization header; empty when the header holds something else, `undefined` when there is none. */
export function bearerIn(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  return /^Bearer (pct_[A-Za-z0-9_-]{43})$/i.exec(header)?.[1] ?? '';
}
