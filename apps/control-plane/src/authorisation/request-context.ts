import type { Request, Response } from 'express';
import type { Permission } from './permissions.js';
import type { Refusal } from '../platform/refusal.js';
import type { SessionViewer, Viewer } from './viewer.js';

/** The GraphQL context of a request over HTTP. */
export interface HttpContext {
  readonly kind: 'http';
  readonly req: Request;
  readonly res: Response;
  readonly requestId: string;
  readonly viewer: Viewer | null;
  /** What was shown and does not count: nothing is answered, not even what is public. */
  readonly refused: Refusal | null;
}

/** The GraphQL context of an operation on a live socket. `needed` is asked again at every delivery. */
export interface SocketContext {
  readonly kind: 'socket';
  readonly requestId: string;
  readonly viewer: SessionViewer;
  readonly needed: Set<Permission>;
}

export type RequestContext = HttpContext | SocketContext;
