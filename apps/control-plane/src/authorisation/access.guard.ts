import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { GqlExecutionContext, type GqlContextType } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { CONFIG } from '../app/provided.js';
import { SESSION_SECRET } from '../people/session-secret.js';
import type { Config } from '../platform/config.js';
import { Refusal } from '../platform/refusal.js';
import { ACCESS, type Access } from './allow.js';
import { csrfHeader, isCsrfToken } from './csrf.js';
import { ownOrigins } from './own-origins.js';
import type { HttpContext, RequestContext } from './request-context.js';

/** Closed by default: a resolver method or route that declares nothing is refused, whoever asks. */
@Injectable()
export class AccessGuard implements CanActivate {
  private readonly origins: ReadonlySet<string>;

  constructor(
    private readonly reflector: Reflector,
    @Inject(CONFIG) config: Config,
    @Inject(SESSION_SECRET) private readonly secret: string,
  ) {
    this.origins = ownOrigins(config);
  }

  canActivate(context: ExecutionContext): boolean {
    const access = this.reflector.get<Access | undefined>(ACCESS, context.getHandler());
    if (access === undefined) throw new Refusal('forbidden', 'you may not do this');
    if (context.getType<GqlContextType>() !== 'graphql') return this.mayUseRoute(access);
    const gql = GqlExecutionContext.create(context);
    const request = gql.getContext<RequestContext>();
    if (request.kind === 'http' && request.refused !== null) throw request.refused;
    const isMutation = gql.getInfo<GraphQLResolveInfo>().operation.operation === 'mutation';
    if ('publicBecause' in access) return this.isFromUs(request, isMutation);
    if (request.viewer === null) throw new Refusal('unauthenticated', 'sign in first');
    // A browser adds a cookie by itself, and never a token: only the session needs its second half.
    const { sessionId } = request.viewer;
    if (isMutation && sessionId !== null) this.requireCsrfToken(request, sessionId);
    if (!request.viewer.permissions.has(access.permission))
      throw new Refusal('forbidden', `you may not do this without the permission ${access.permission}`);
    if (request.kind === 'socket') request.needed.add(access.permission);
    return true;
  }

  private mayUseRoute(access: Access): boolean {
    if ('publicBecause' in access) return true;
    throw new Refusal('forbidden', 'you may not do this');
  }

  /** Without a session there is no token to compare, so a foreign page is recognised by its origin. */
  private isFromUs(request: RequestContext, isMutation: boolean): boolean {
    if (!isMutation) return true;
    const origin = this.httpOnly(request).req.headers.origin;
    if (origin === undefined || this.origins.has(origin)) return true;
    throw new Refusal('origin_refused', 'this page may not do this');
  }

  private requireCsrfToken(request: RequestContext, sessionId: string): void {
    if (isCsrfToken(this.httpOnly(request).req.headers[csrfHeader], sessionId, this.secret)) return;
    throw new Refusal('csrf_refused', `send the session's token as ${csrfHeader}`);
  }

  private httpOnly(request: RequestContext): HttpContext {
    if (request.kind === 'http') return request;
    throw new Refusal('forbidden', 'send mutations over HTTP');
  }
}
