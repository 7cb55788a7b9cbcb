import type { TokenKey } from '../keys/token-keys.js';
import { createTokenProvider, type TokenParts } from './token-provider.js';

type Callback = ReturnType<ReturnType<typeof createTokenProvider>['callback']>;

/**
 * What answers a request that begins now. Keys of oidc-provider are fixed, so a changed key set gets a provider of its own;
 * a request under way ends with the one it began with.
 */
export function tokenCallback(parts: TokenParts): () => Callback {
  let madeFor: readonly TokenKey[] | undefined;
  let callback: Callback | undefined;
  return () => {
    const keys = parts.tokenKeys.verifying();
    if (callback === undefined || keys !== madeFor) callback = createTokenProvider(parts, keys).callback();
    madeFor = keys;
    return callback;
  };
}
