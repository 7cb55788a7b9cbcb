import type { RequestHandler } from 'express';
import { pinoHttp } from 'pino-http';
import type { Log } from '../platform/log.js';
import { requestId } from './request-scope.js';

/** One line a request: method, path and status. No header, query or body is ever written. */
export function requestLog(log: Log): RequestHandler {
  return pinoHttp({
    logger: log,
    genReqId: () => requestId(),
    quietReqLogger: true,
    customLogLevel: (_request, response, error) =>
      error !== undefined || response.statusCode >= 500 ? 'error' : 'debug',
    serializers: {
      req: (request: { id: string; method: string; url: string }) => ({
        id: request.id,
        method: request.method,
        path: request.url.split('?')[0],
      }),
      res: (response: { statusCode: number }) => ({ status: response.statusCode }),
    },
  });
}
