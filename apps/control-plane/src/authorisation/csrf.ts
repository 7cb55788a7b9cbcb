import { createHmac, timingSafeEqual } from 'node:crypto';

export const csrfHeader = 'x-portcullis-csrf';

/** Bound to one session: a token seen elsewhere is worth nothing in another session. */
export function csrfTokenFor(sessionId: string, secret: string): string {
  return createHmac('sha256', secret).update(`csrf\0${sessionId}`).digest('base64url');
}

export function isCsrfToken(given: unknown, sessionId: string, secret: string): boolean {
  if (typeof given !== 'string') return false;
  const expected = Buffer.from(csrfTokenFor(sessionId, secret));
  const actual = Buffer.from(given);
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}
