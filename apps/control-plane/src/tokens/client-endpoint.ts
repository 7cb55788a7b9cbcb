import type { ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import { answerJson, answerProblem } from '../platform/problem-answer.js';
import { readBody } from '../platform/read-body.js';
import { Refusal } from '../platform/refusal.js';
import { clientFields, type ClientAuthentication, type ProvedClient } from './client-authentication.js';

const bodyLimit = 64 * 1024;

export interface ClientRequest {
  readonly client: ProvedClient;
  /** What the body says, without what proved the client. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Of the path `/…/:id`. */
  readonly id: string;
}

function fieldsOf(text: string, contentType: string | undefined): Record<string, unknown> {
  if (text === '') return {};
  if (contentType?.startsWith('application/x-www-form-urlencoded')) {
    const given = new URLSearchParams(text);
    if (new Set(given.keys()).size !== [...given.keys()].length)
      throw new Refusal('input_invalid', 'name each parameter once');
    return Object.fromEntries(given);
  }
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Refused below, like JSON that is no object.
  }
  throw new Refusal('input_invalid', 'the body is not a JSON object');
}

/** An endpoint for authenticated clients that speaks JSON, and problem documents unless told otherwise. */
export function clientEndpoint(
  clients: ClientAuthentication,
  work: (request: ClientRequest) => Promise<object>,
  answerError: (response: ServerResponse, error: unknown) => void = answerProblem,
): RequestHandler {
  return (request, response) => {
    const answer = async () => {
      const fields = fieldsOf(await readBody(request, bodyLimit), request.headers['content-type']);
      const { authorization } = request.headers;
      const client = await clients.authenticate({ authorization, fields, address: request.ip ?? '' });
      const rest = Object.fromEntries(Object.entries(fields).filter(([name]) => !isClientField(name)));
      answerJson(response, 200, await work({ client, fields: rest, id: String(request.params['id'] ?? '') }));
    };
    answer().catch((error: unknown) => answerError(response, error));
  };
}

function isClientField(name: string): boolean {
  return (clientFields as readonly string[]).includes(name);
}
