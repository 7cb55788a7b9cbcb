import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';
import { problemCodes, type ProblemCode } from '@portcullis/contracts';

export type ShownCode = ProblemCode | 'unreachable';

export interface ShownProblem {
  readonly code: ShownCode;
  readonly requestId: string | null;
  /** What the server said, to be drawn as plain text. */
  readonly said: string | null;
  /** The fields of an input that did not fit, as the server names them; empty for any other problem. */
  readonly fields: readonly { readonly path: string; readonly message: string }[];
  /** The grants that stand in the way, by id. */
  readonly grants: readonly string[];
}

export function problemOf(error: unknown): ShownProblem {
  if (CombinedGraphQLErrors.is(error)) {
    const first = error.errors[0];
    return fromExtensions(first?.extensions, first?.message ?? null);
  }
  if (ServerError.is(error)) return fromBody(error.bodyText, error.statusCode);
  return bare('unreachable');
}

export function fromBody(text: string, status: number): ShownProblem {
  try {
    const body = JSON.parse(text) as Record<string, unknown>;
    const errors = body['errors'];
    const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
    if (isRecord(first)) return fromExtensions(first['extensions'], textOf(first['message']));
    if (isCode(body['code'])) return fromExtensions(body, textOf(body['detail']));
  } catch {
    return bare(status >= 500 ? 'unavailable' : 'internal');
  }
  return bare(status === 401 ? 'unauthenticated' : status >= 500 ? 'unavailable' : 'internal');
}

function fromExtensions(extensions: unknown, said: string | null): ShownProblem {
  const known = isRecord(extensions) ? extensions : {};
  return {
    code: isCode(known['code']) ? known['code'] : 'internal',
    requestId: textOf(known['requestId']),
    said,
    fields: fieldsIn(known['details']),
    grants: grantsIn(known['details']),
  };
}

function bare(code: ShownCode): ShownProblem {
  return { code, requestId: null, said: null, fields: [], grants: [] };
}

function fieldsIn(details: unknown): ShownProblem['fields'] {
  const fields = isRecord(details) ? details['fields'] : null;
  if (!Array.isArray(fields)) return [];
  return fields.filter(isRecord).flatMap(({ path, message }) => {
    return typeof path === 'string' && typeof message === 'string' ? [{ path, message }] : [];
  });
}

function grantsIn(details: unknown): readonly string[] {
  const grants = isRecord(details) ? details['grants'] : null;
  return Array.isArray(grants) ? grants.filter((id) => typeof id === 'string') : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isCode(value: unknown): value is ProblemCode {
  return problemCodes.some((code) => code === value);
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
