import type { ServerResponse } from 'node:http';
import type { Problem, ProblemCode } from '@portcullis/contracts';
import { Refusal } from './refusal.js';

const statuses: Partial<Record<ProblemCode, number>> = {
  unauthenticated: 401,
  signature_refused: 401,
  client_refused: 401,
  stop_ticket_refused: 401,
  forbidden: 403,
  conversation_refused: 403,
  origin_refused: 403,
  join_token_refused: 403,
  guard_refused: 403,
  guard_outdated: 403,
  not_found: 404,
  conflict: 409,
  already_exists: 409,
  retired: 409,
  already_revoked: 409,
  lifecycle_order: 409,
  rotation_refused: 409,
  batch_gap: 409,
  batch_conflict: 409,
  release_needs_two_people: 409,
  review_needed: 409,
  policy_refused: 400,
  body_too_large: 413,
  input_invalid: 400,
  key_refused: 400,
  key_address_refused: 400,
  subject_token_refused: 400,
  dpop_proof_refused: 400,
  issuer_refused: 400,
  rate_limited: 429,
  not_stopped: 503,
  unavailable: 503,
};

export function statusOf(code: ProblemCode): number {
  return statuses[code] ?? 500;
}

/** RFC 9457. What is not a refusal leaves as one fixed sentence. */
export function problemOf(error: unknown): Problem & { readonly details?: Readonly<Record<string, unknown>> } {
  if (!(error instanceof Refusal))
    return {
      type: 'about:blank',
      title: 'internal',
      status: 500,
      code: 'internal',
      detail: 'Something broke here; the log says what.',
    };
  const { code, message, details } = error;
  return {
    type: 'about:blank',
    title: code,
    status: statusOf(code),
    code,
    detail: message,
    ...(Object.keys(details).length > 0 ? { details } : {}),
  };
}

export function answerJson(
  response: ServerResponse,
  status: number,
  body: object,
  contentType = 'application/json',
): void {
  if (response.headersSent || response.destroyed) return;
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': contentType,
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(text);
}

export function answerProblem(response: ServerResponse, error: unknown): void {
  const problem = problemOf(error);
  // The rest of a body that was refused for its size is not read.
  if (problem.code === 'body_too_large') response.setHeader('connection', 'close');
  answerJson(response, problem.status, problem, 'application/problem+json');
}
