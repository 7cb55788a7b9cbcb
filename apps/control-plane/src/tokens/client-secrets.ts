import { createHash, timingSafeEqual } from 'node:crypto';
import type { LiveCredential } from '../credentials/live-credentials.js';

function matches(given: Buffer, stored: string): boolean {
  const known = Buffer.from(stored, 'hex');
  return known.length === given.length && timingSafeEqual(known, given);
}

/** The credential that a secret is, among these. Every stored hash is compared, and without any the hash is made all the same. */
export function credentialOfSecret(credentials: readonly LiveCredential[], secret: string): string | undefined {
  const given = createHash('sha256').update(secret).digest();
  return credentials.filter(({ secretHash }) => secretHash !== null && matches(given, secretHash))[0]?.id;
}
