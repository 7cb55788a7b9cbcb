import { STATUS_CODES } from 'node:http';
import type { Problem, ProblemCode } from '@portcullis/contracts';
import type { Response } from 'express';
import { requestId } from './request-scope.js';

const statuses: Partial<Record<ProblemCode, number>> = {
  unauthenticated: 401,
  forbidden: 403,
  csrf_refused: 403,
  origin_refused: 403,
  rate_limited: 429,
  not_found: 404,
  body_too_large: 413,
  unavailable: 503,
  internal: 500,
};

/** Answers as `application/problem+json` (RFC 9457). A code without a status of its own is the caller's mistake: 400. */
export function sendProblem(
  response: Response,
  code: ProblemCode,
  detail: string,
  status = statuses[code] ?? 400,
): void {
  const problem: Problem = {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    detail,
    requestId: requestId(),
  };
  response.status(status).type('application/problem+json').send(JSON.stringify(problem));
}
