import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { Problem, ProblemCode } from '@portcullis/contracts';
import { Refusal } from '../platform/refusal.js';

const statuses: Partial<Record<ProblemCode, number>> = {
  stop_ticket_refused: 401,
  forbidden: 403,
  origin_refused: 403,
  not_found: 404,
  conflict: 409,
  release_needs_two_people: 409,
  body_too_large: 413,
  rate_limited: 429,
  internal: 500,
  not_stopped: 503,
};

export function statusOf(code: ProblemCode): number {
  return statuses[code] ?? 400;
}

const pagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

export function sendPage(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': pagePolicy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  response.end(html);
}

export function sendJson(response: ServerResponse, status: number, body: unknown, type = 'application/json'): void {
  response.writeHead(status, {
    'content-type': type,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(JSON.stringify(body));
}

/** RFC 9457. Anything that is not a refusal becomes one fixed sentence. */
export function sendProblem(response: ServerResponse, error: unknown, requestId: string): Refusal {
  const refusal =
    error instanceof Refusal
      ? error
      : new Refusal('internal', 'NOT STOPPED: something broke here; repeat the request', {});
  const status = statusOf(refusal.code);
  const problem: Problem = {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code: refusal.code,
    detail: refusal.message,
    requestId,
  };
  sendJson(response, status, { ...problem, details: refusal.details }, 'application/problem+json');
  return refusal;
}
