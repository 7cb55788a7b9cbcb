import type { Request } from 'express';

const loopback = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** The peer itself, never what a header says; a request that passed a proxy came from elsewhere. */
export function isLoopback(request: Pick<Request, 'socket' | 'headers'>): boolean {
  const isForwarded = request.headers['x-forwarded-for'] !== undefined || request.headers['forwarded'] !== undefined;
  return !isForwarded && loopback.has(request.socket.remoteAddress ?? '');
}
