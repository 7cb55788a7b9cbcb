import type { RequestContext } from '../authorisation/request-context.js';
import type { Viewer } from '../authorisation/viewer.js';
import { Refusal } from '../platform/refusal.js';

/** The person behind a request that the access guard has let through. */
export function signedIn(context: RequestContext): Viewer {
  if (context.viewer === null) throw new Refusal('unauthenticated', 'sign in first');
  return context.viewer;
}
