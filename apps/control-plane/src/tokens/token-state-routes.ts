import type { AccessTokenClaims, Actor, ProblemCode } from '@portcullis/contracts';
import { Router } from 'express';
import type { ServerResponse } from 'node:http';
import type { Pool } from 'pg';
import { runCommand } from '../change-log/command.js';
import type { CommandLimits } from '../change-log/limits.js';
import { answerJson, problemOf } from '../platform/problem-answer.js';
import { Refusal } from '../platform/refusal.js';
import type { ClientAuthentication } from './client-authentication.js';
import { clientEndpoint, type ClientRequest } from './client-endpoint.js';
import { isTokenActive } from './is-token-active.js';
import type { OwnTokens } from './own-tokens.js';
import { revokeToken } from './revoke-token.js';

export interface TokenStateParts {
  readonly pool: Pool;
  readonly limits: CommandLimits;
  readonly clients: ClientAuthentication;
  readonly tokens: OwnTokens;
}

const errors: Partial<Record<ProblemCode, string>> = {
  client_refused: 'invalid_client',
  forbidden: 'unauthorized_client',
  rate_limited: 'rate_limited',
};

/** RFC 6749 section 5.2, which both endpoints answer by. */
function answerOAuthError(response: ServerResponse, error: unknown): void {
  const { status, code, detail } = problemOf(error);
  const word = errors[code] ?? (status < 500 ? 'invalid_request' : 'server_error');
  if (status === 401 && !response.headersSent) response.setHeader('www-authenticate', 'Basic realm="portcullis"');
  answerJson(response, status, { error: word, error_description: detail });
}

function tokenOf({ fields }: ClientRequest): string {
  const token = fields['token'];
  if (typeof token !== 'string' || token === '') throw new Refusal('input_invalid', 'token: is missing');
  return token;
}

function hasActed(agent: string, actor: Actor | undefined): boolean {
  return actor !== undefined && (actor.sub === agent || hasActed(agent, actor.act));
}

/**
 * RFC 7009. A token that is no token (any more) is as good as revoked; another agent's is not this one's to revoke, unless it
 * was made from a token of this one.
 */
async function revoke({ pool, limits, tokens }: TokenStateParts, request: ClientRequest): Promise<object> {
  const claims = await tokens.read(tokenOf(request));
  if (claims === undefined) return {};
  const { agent } = request.client;
  if (claims.client_id !== agent && !hasActed(agent, claims.act))
    throw new Refusal('forbidden', 'the token was given to another agent');
  await runCommand(pool, (transaction) => revokeToken(transaction, claims, `agent:${agent}`), { limits });
  return {};
}

function described(claims: AccessTokenClaims): object {
  const { cnf, ...said } = claims;
  return { active: true, token_type: cnf?.jkt === undefined ? 'Bearer' : 'DPoP', ...said, ...(cnf && { cnf }) };
}

/** RFC 7662. Every token that is not worth anything is answered alike. */
async function introspect({ pool, tokens }: TokenStateParts, request: ClientRequest): Promise<object> {
  const claims = await tokens.read(tokenOf(request));
  const isActive = claims !== undefined && (await isTokenActive(pool, claims));
  return isActive ? described(claims) : { active: false };
}

export function tokenStateRoutes(parts: TokenStateParts): Router {
  const router = Router();
  const { clients } = parts;
  router.post(
    '/oauth/revoke',
    clientEndpoint(clients, (request) => revoke(parts, request), answerOAuthError),
  );
  router.post(
    '/oauth/introspect',
    clientEndpoint(clients, (request) => introspect(parts, request), answerOAuthError),
  );
  return router;
}
