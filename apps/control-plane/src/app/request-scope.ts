import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { Step } from './step.js';

const scope = new AsyncLocalStorage<{ readonly requestId: string }>();

/** The id a person quotes when something went wrong; the same in answer, header and log. */
export function requestId(): string {
  return scope.getStore()?.requestId ?? 'none';
}

export const requestScope: Step = (_request, response, next) => {
  const id = randomUUID();
  response.setHeader('x-request-id', id);
  scope.run({ requestId: id }, next);
};
