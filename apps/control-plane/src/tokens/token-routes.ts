import { Router, type RequestHandler } from 'express';
import { conversationRoutes } from '../conversations/conversation-routes.js';
import { rotateRoute } from '../credentials/rotate-route.js';
import { Assertions } from './client-assertion.js';
import { assertionAudience, ClientAuthentication } from './client-authentication.js';
import { OwnTokens } from './own-tokens.js';
import { serverMetadata } from './server-metadata.js';
import { tokenCallback } from './token-callback.js';
import type { TokenParts } from './token-provider.js';
import { tokenStateRoutes } from './token-state-routes.js';

export type { TokenParts };

/** The token server's two routes and its metadata; every other route of oidc-provider stays out of reach. */
export function tokenRoutes(parts: TokenParts): Router {
  const router = Router();
  const answer = tokenCallback(parts);
  const { publicUrl } = parts.config;
  const clients = new ClientAuthentication(parts.pool, new Assertions(assertionAudience(publicUrl), parts.agentKeys));
  const pass: RequestHandler = (request, response) => void answer()(request, response);
  router.get('/.well-known/oauth-authorization-server', (_request, response) => {
    response.setHeader('cache-control', 'public, max-age=300').json(serverMetadata(publicUrl));
  });
  router.get('/oauth/authorize', (_request, response) => {
    response
      .status(400)
      .json({ error: 'unsupported_response_type', error_description: 'agents ask the token endpoint' });
  });
  const shared = { pool: parts.pool, limits: parts.config.limits, clients, subjects: parts.subjects };
  router.use(conversationRoutes(shared));
  router.use(rotateRoute(shared));
  router.use(tokenStateRoutes({ ...shared, tokens: new OwnTokens(publicUrl, parts.tokenKeys) }));
  router.post('/oauth/token', pass);
  router.get('/oauth/jwks', pass);
  return router;
}
