import type { Request, Response } from 'express';
import type { Permission } from './permissions.js';
import type { Viewer } from './viewer.js';

/** The GraphQL context of a request over HTTP. */
export interface HttpContext {
  readonly kind: 'http';
  readonly req: Request;
  readonly res: Response;
  readonly requestId: string;
  readonly viewer: Viewer | null;
}

/** The GraphQL context of an operation on a live socket. `needed` is asked again at every delivery. */
export interface SocketContext {
  readonly kind: 'socket';
  readonly requestId: string;
  readonly viewer: Viewer;
  readonly needed: Set<Permission>;
}

export type RequestContext = HttpContext | SocketContext;
