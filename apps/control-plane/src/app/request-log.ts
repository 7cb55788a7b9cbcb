import type { Log } from '../platform/log.js';
import { requestId } from './request-scope.js';
import type { Step } from './step.js';

/** One line a request: method, path and status. No header, query or body is ever written. */
export function requestLog(log: Log): Step {
  return (request, response, next) => {
    const began = performance.now();
    const { method, url = '' } = request;
    const id = requestId();
    response.once('close', () => {
      const level = response.statusCode >= 500 ? 'error' : 'debug';
      if (!log.isLevelEnabled(level)) return;
      const said = { id, method, path: url.split('?')[0] };
      const responseTime = Math.round(performance.now() - began);
      log[level]({ req: said, res: { status: response.statusCode }, responseTime }, 'request ended');
    });
    next();
  };
}
