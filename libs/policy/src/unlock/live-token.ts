import { newToken, type Scene } from './step.js';

/** A token cannot be mended: another is asked for. */
export function liveToken({ state, call }: Scene) {
  if (!state.server) return 'This server is not registered: register it first.';
  const { keys, now } = call;
  const signs = [...(keys?.values() ?? [])].some(({ notBefore, notAfter }) => notBefore <= now && now < notAfter);
  if (keys && !signs) return 'No key signs tokens at this time, so there is no token to ask for.';
  return [newToken(call.claims.aud === state.server.resource ? '' : `for ${state.server.resource}`)];
}
