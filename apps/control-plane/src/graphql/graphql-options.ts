import type { ApolloDriverConfig } from '@nestjs/apollo';
import type { Request, Response } from 'express';
import { requestId } from '../app/request-scope.js';
import type { HttpContext } from '../authorisation/request-context.js';
import type { Sessions } from '../people/sessions.js';
import type { Config } from '../platform/config.js';
import type { Log } from '../platform/log.js';
import { limitsRule, mostTokens } from './limits.rule.js';
import { formatError } from './outward-error.js';

/** In production only the demo, which is there to be looked at, tells its schema. */
export function mayIntrospect(config: Pick<Config, 'isDemo'>): boolean {
  return config.isDemo || process.env['NODE_ENV'] !== 'production';
}

export function graphqlOptions(config: Config, log: Log, sessions: Sessions): Omit<ApolloDriverConfig, 'driver'> {
  return {
    path: '/graphql',
    autoSchemaFile: true,
    sortSchema: true,
    graphiql: false,
    introspection: mayIntrospect(config),
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    csrfPrevention: true,
    persistedQueries: false,
    cache: 'bounded',
    validationRules: [limitsRule],
    parseOptions: { maxTokens: mostTokens },
    autoTransformHttpErrors: false,
    formatError: (formatted, raw) => formatError(formatted, raw, requestId(), log),
    context: async ({ req, res }: { req: Request; res: Response }): Promise<HttpContext> => ({
      kind: 'http',
      req,
      res,
      requestId: requestId(),
      viewer: await sessions.viewerOf(req.headers.cookie),
    }),
  };
}
