import { createHash } from 'node:crypto';

/** base64url SHA-256 of the UTF-8 of a text. */
export function sha256Text(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
