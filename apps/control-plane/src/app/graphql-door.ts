import express, { Router, type ErrorRequestHandler, type RequestHandler } from 'express';
import { sendProblem } from './problem.js';

const largestBody = 256 * 1024;

/** A browser sends JSON to a foreign origin only after a preflight, which nobody answers here. */
const jsonPostsOnly: RequestHandler = (request, response, next) => {
  response.setHeader('cache-control', 'no-store');
  if (request.method !== 'POST') {
    response.setHeader('allow', 'POST');
    return sendProblem(response, 'input_invalid', 'send GraphQL by POST', 405);
  }
  if (!request.is('application/json')) return sendProblem(response, 'input_invalid', 'send application/json', 415);
  next();
};

const unreadable: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : 400;
  if (status === 413) return sendProblem(response, 'body_too_large', `send at most ${largestBody} bytes`);
  sendProblem(response, 'input_invalid', 'the body is not JSON');
};

export function graphqlDoor(): Router {
  return Router().use(jsonPostsOnly, express.json({ limit: largestBody, strict: true }), unreadable);
}
