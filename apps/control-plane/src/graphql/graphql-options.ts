import type { ApolloDriverConfig } from '@nestjs/apollo';
import type { Request, Response } from 'express';
import type { ApiTokenViewers } from '../api-tokens/api-token-viewers.js';
import { bearerIn } from '../api-tokens/token-text.js';
import { requestId } from '../app/request-scope.js';
import type { HttpContext } from '../authorisation/request-context.js';
import type { Sessions } from '../people/sessions.js';
import type { Config } from '../platform/config.js';
import type { Log } from '../platform/log.js';
import { Refusal } from '../platform/refusal.js';
import { limitsRule, mostTokens } from './limits.rule.js';
import { formatError } from './outward-error.js';

/** In production only the demo, which is there to be looked at, tells its schema. */
export function mayIntrospect(config: Pick<Config, 'isDemo'>): boolean {
  return config.isDemo || process.env['NODE_ENV'] !== 'production';
}

export interface Viewers {
  readonly sessions: Sessions;
  readonly tokens: ApiTokenViewers;
}

/** Who shows a token is nobody else: the cookie beside it is not looked at. */
async function viewerOf(
  { headers, ip = 'unknown' }: Request,
  { sessions, tokens }: Viewers,
): Promise<Pick<HttpContext, 'viewer' | 'refused'>> {
  const token = bearerIn(headers.authorization);
  if (token === undefined) return { viewer: await sessions.viewerOf(headers.cookie), refused: null };
  try {
    return { viewer: await tokens.viewerOf(token, ip), refused: null };
  } catch (error) {
    if (error instanceof Refusal) return { viewer: null, refused: error };
    throw error;
  }
}

export function graphqlOptions(config: Config, log: Log, viewers: Viewers): Omit<ApolloDriverConfig, 'driver'> {
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
      ...(await viewerOf(req, viewers)),
    }),
  };
}
