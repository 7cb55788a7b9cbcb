import type { HttpContext } from '../authorisation/request-context.js';
import { personFrom } from './person.model.js';
import type { SessionPayload } from './session.payload.js';
import type { NewSession } from './sessions.js';

export function addressOf(context: HttpContext): string {
  return context.req.ip ?? 'unknown';
}

export function setCookies(context: HttpContext, cookies: readonly string[]): void {
  for (const cookie of cookies) context.res.append('set-cookie', cookie);
}

export function sendSession(context: HttpContext, session: NewSession, revision: number): SessionPayload {
  setCookies(context, session.cookies);
  return { person: personFrom(session.viewer), revision, csrfToken: session.csrfToken };
}
