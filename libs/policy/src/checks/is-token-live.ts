import type { CallCheck, Denial } from '../check.js';
import type { Call } from '../types.js';

/** Is the token in time, and does the key that signed it still sign? */
export const isTokenLive: CallCheck = (_state, call) => expired(call) ?? withdrawn(call);

/** Every comparison is written so that a number that is not one is refused. */
function expired({ claims, now }: Call): Denial | undefined {
  return now < claims.exp * 1000 ? undefined : { reason: 'token_expired', rule: null, detail: 'the token has expired' };
}

function withdrawn({ key = '', keys, now }: Call): Denial | undefined {
  const life = keys?.get(key);
  const isLive = keys === undefined || (life !== undefined && life.notBefore <= now && now < life.notAfter);
  return isLive
    ? undefined
    : { reason: 'token_invalid', rule: `signing-key:${key}`, detail: 'the key that signed the token signs no more' };
}
