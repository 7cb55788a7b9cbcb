import type { RequestContext } from '../authorisation/request-context.js';
import type { SessionViewer, Viewer } from '../authorisation/viewer.js';
import { Refusal } from '../platform/refusal.js';

/** The person behind a request that the access guard has let through. */
export function signedIn(context: RequestContext): Viewer {
  if (context.viewer === null) throw new Refusal('unauthenticated', 'sign in first');
  return context.viewer;
}

/** The same, where a token of theirs is not enough: what is begun here would outlive it. */
export function inSession(context: RequestContext): SessionViewer {
  const viewer = signedIn(context);
  if (viewer.sessionId !== null) return viewer;
  throw new Refusal('forbidden', 'an API token cannot do this; sign in to the console');
}
