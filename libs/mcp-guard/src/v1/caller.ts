import type { AuthInfo } from '@modelcontextprotocol/sdk/server/auth/types.js';
import type { VerifiedCaller } from '@portcullis/guard';

const callers = new WeakMap<AuthInfo, VerifiedCaller>();

/**
 * What a tool learns about its caller as `extra.authInfo`: the verified claims, and never the token itself, so that no tool can
 * pass it on.
 */
export function authInfoOf(caller: VerifiedCaller): AuthInfo {
  const { claims } = caller;
  const info: AuthInfo = {
    token: '',
    clientId: claims.client_id,
    scopes: claims.scope?.split(' ').filter((scope) => scope !== '') ?? [],
    expiresAt: claims.exp,
    extra: { claims },
  };
  callers.set(info, caller);
  return info;
}

/** The caller behind an `authInfo` made here; `undefined` for any other. */
export function callerOf(info: AuthInfo | undefined): VerifiedCaller | undefined {
  return info && callers.get(info);
}
