import type { IncomingMessage, ServerResponse } from 'node:http';
import { header, sendJson } from './http.js';

/** The bearer token of the `Authorization` header; `undefined` when the request carries none (RFC 6750 section 2.1). */
export function bearerToken(request: IncomingMessage): string | undefined {
  const match = /^Bearer +(\S.*)$/i.exec(header(request, 'authorization') ?? '');
  return match?.[1]?.trim();
}

const description = 'The access token is invalid, expired or revoked';

/**
 * 401 with the challenge of RFC 6750 and RFC 9728. A request without a token gets no error code. Every refused token gets the
 * same answer: which part was wrong stands in the guard's log only.
 */
export function sendChallenge(response: ServerResponse, metadataUrl: string, isTokenSent: boolean): void {
  const error = isTokenSent ? `, error="invalid_token", error_description="${description}"` : '';
  const body = isTokenSent ? { error: 'invalid_token', error_description: description } : { error: 'unauthorized' };
  sendJson(response, 401, body, { 'www-authenticate': `Bearer resource_metadata="${metadataUrl}"${error}` });
}
