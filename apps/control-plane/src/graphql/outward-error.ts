import { problemCodes, type ProblemCode } from '@portcullis/contracts';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Log } from '../platform/log.js';
import { Refusal } from '../platform/refusal.js';

const faultText = 'something broke on our side; quote the request id';

/** Causes that lie in the document or its variables: their text helps and gives nothing away. */
const documentCodes = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
]);

function isProblemCode(code: unknown): code is ProblemCode {
  return problemCodes.some((known) => known === code);
}

/** What the outside sees of whatever a resolver threw: a refusal with its code, or one sentence and an id. */
export function outwardError(error: unknown, requestId: string, log: Log): GraphQLError {
  if (error instanceof GraphQLError && isProblemCode(error.extensions.code)) return error;
  if (error instanceof Refusal)
    return new GraphQLError(error.message, { extensions: { code: error.code, requestId, details: error.details } });
  logOnce(error, requestId, log);
  return new GraphQLError(faultText, { extensions: { code: 'internal', requestId, details: {} } });
}

/** Errors that did not pass through a resolver's filter: of the document, or of a field that loads late. */
export function formatError(
  formatted: GraphQLFormattedError,
  raw: unknown,
  requestId: string,
  log: Log,
): GraphQLFormattedError {
  const { locations, path, extensions } = formatted;
  const place = { ...(locations ? { locations } : {}), ...(path ? { path } : {}) };
  const code = extensions?.code;
  if (isProblemCode(code))
    return {
      message: formatted.message,
      ...place,
      extensions: { code, requestId, details: extensions?.details ?? {} },
    };
  const cause = raw instanceof GraphQLError ? (raw.originalError ?? raw) : raw;
  if (cause instanceof GraphQLError && documentCodes.has(String(code)))
    return { message: formatted.message, ...place, extensions: { code: 'input_invalid', requestId, details: {} } };
  const outward = outwardError(cause, requestId, log);
  return { message: outward.message, ...place, extensions: { ...outward.extensions } };
}

const logged = new WeakSet<object>();

/** One cause can break a field in each of many objects. */
function logOnce(error: unknown, requestId: string, log: Log): void {
  if (typeof error === 'object' && error !== null) {
    if (logged.has(error)) return;
    logged.add(error);
  }
  log.error({ err: error, requestId }, 'a resolver failed');
}
