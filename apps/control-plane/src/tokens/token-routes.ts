import { Router, type RequestHandler } from 'express';
import { tasks } from '@portcullis/contracts';
import { conversationRoutes } from '../conversations/conversation-routes.js';
import { rotateRoute } from '../credentials/rotate-route.js';
import { assertionAudience, ClientAuthentication } from './client-authentication.js';
import { assertionAlgorithms } from './public-jwk.js';
import { OwnTokens } from './own-tokens.js';
import { createTokenProvider, type TokenParts } from './token-provider.js';
import { tokenStateRoutes } from './token-state-routes.js';

export type { TokenParts };

const methods = ['private_key_jwt', 'client_secret_basic', 'client_secret_post'];

function authenticationAt(endpoint: string): (readonly [string, readonly string[]])[] {
  return [
    [`${endpoint}_endpoint_auth_methods_supported`, methods],
    [`${endpoint}_endpoint_auth_signing_alg_values_supported`, assertionAlgorithms],
  ];
}

/** RFC 8414. Only what can be used here is announced. */
function metadata(issuer: string): Readonly<Record<string, unknown>> {
  return {
    issuer,
    // Clients of the MCP SDK 1.x cannot read metadata without one; nobody is signed in there.
    authorization_endpoint: `${issuer}/oauth/authorize`,
    token_endpoint: `${issuer}/oauth/token`,
    jwks_uri: `${issuer}/oauth/jwks`,
    revocation_endpoint: `${issuer}/oauth/revoke`,
    introspection_endpoint: `${issuer}/oauth/introspect`,
    grant_types_supported: ['client_credentials'],
    response_types_supported: [],
    ...Object.fromEntries(['token', 'revocation', 'introspection'].flatMap(authenticationAt)),
    scopes_supported: tasks.map((task) => `task:${task}`),
  };
}

/** The token server's two routes and its metadata; every other route of oidc-provider stays out of reach. */
export function tokenRoutes(parts: TokenParts): Router {
  const router = Router();
  const answer = createTokenProvider(parts).callback();
  const { publicUrl } = parts.config;
  const clients = new ClientAuthentication(parts.pool, assertionAudience(publicUrl));
  const pass: RequestHandler = (request, response) => void answer(request, response);
  router.get('/.well-known/oauth-authorization-server', (_request, response) => {
    response.setHeader('cache-control', 'public, max-age=300').json(metadata(publicUrl));
  });
  router.get('/oauth/authorize', (_request, response) => {
    response
      .status(400)
      .json({ error: 'unsupported_response_type', error_description: 'agents ask the token endpoint' });
  });
  const shared = { pool: parts.pool, limits: parts.config.limits, clients };
  router.use(conversationRoutes(shared));
  router.use(rotateRoute(shared));
  router.use(tokenStateRoutes({ ...shared, tokens: new OwnTokens(publicUrl, parts.tokenKeys) }));
  router.post('/oauth/token', pass);
  router.get('/oauth/jwks', pass);
  return router;
}
