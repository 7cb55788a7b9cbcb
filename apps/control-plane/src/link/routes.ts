import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { answerJson, answerProblem } from '../platform/problem-answer.js';
import { readJsonBody } from '../platform/read-body.js';
import { Refusal } from '../platform/refusal.js';
import type { Log } from '../platform/log.js';

const largestBody = 1024 * 1024;

/** What the guards' listener answers over HTTP. Both take a signed text: the signature inside is the authentication. */
export interface LinkOperations {
  enrol(body: unknown): Promise<object>;
  report(body: unknown): Promise<object>;
}

export function linkRoutes(operations: LinkOperations, log: Log): RequestListener {
  return (request, response) => {
    route(request, response, operations).catch((error: unknown) => {
      if (!(error instanceof Refusal)) log.error({ err: error, url: request.url }, 'a request broke');
      answerProblem(response, error);
    });
  };
}

async function route(request: IncomingMessage, response: ServerResponse, operations: LinkOperations): Promise<void> {
  const path = request.url?.split('?')[0];
  if (request.method === 'POST' && path === '/v1/enrol')
    return answerJson(response, 200, await operations.enrol(await readJsonBody(request, largestBody)));
  if (request.method === 'POST' && path === '/v1/report')
    return answerJson(response, 200, await operations.report(await readJsonBody(request, largestBody)));
  if (request.method === 'GET' && path === '/health/live') return answerJson(response, 200, { status: 'live' });
  throw new Refusal('not_found', 'guards use POST /v1/enrol, POST /v1/report and the feed at /v1/feed');
}
