import express, { type Express } from 'express';
import { tokenRoutes, type TokenParts } from '../tokens/token-routes.js';
import { consoleFiles } from './console-files.js';
import { graphqlDoor } from './graphql-door.js';
import { requestLog } from './request-log.js';
import { requestScope } from './request-scope.js';
import { securityHeaders } from './security-headers.js';

/** What stands before Nest, in the order in which a request meets it. */
export function createFront(parts: TokenParts): Express {
  const { config, log } = parts;
  const front = express();
  front.disable('x-powered-by');
  front.set('trust proxy', config.trustedProxies.length > 0 ? config.trustedProxies : false);
  front.use(requestScope, requestLog(log), securityHeaders(config));
  front.get('/stop', (_request, response) => response.redirect(302, config.stopUrl));
  // Before any body parser: oidc-provider reads the body itself.
  front.use(tokenRoutes(parts));
  front.use('/graphql', graphqlDoor());
  front.use(consoleFiles());
  return front;
}
