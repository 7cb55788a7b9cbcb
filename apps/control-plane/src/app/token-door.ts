import type { RequestListener } from 'node:http';
import { tokenCallback } from '../tokens/token-callback.js';
import type { TokenParts } from '../tokens/token-routes.js';
import { requestLog } from './request-log.js';
import { requestScope } from './request-scope.js';
import { securityHeaders } from './security-headers.js';

/**
 * Tokens are asked for more often than anything else, and half of what one costs in Express is Express. So the token endpoint
 * stands before it, and everything else goes on to `others`. Behind a proxy Express tells the address, so it stays where it was.
 */
export function tokenDoor(parts: TokenParts, others: RequestListener): RequestListener {
  const { config, log } = parts;
  if (config.trustedProxies.length > 0) return others;
  const answer = tokenCallback(parts);
  const [write, secure] = [requestLog(log), securityHeaders(config)];
  return (request, response) => {
    if (request.method !== 'POST' || request.url !== '/oauth/token') return void others(request, response);
    requestScope(request, response, () => {
      write(request, response, () => {
        secure(request, response, () => void answer()(request, response));
      });
    });
  };
}
