/** What the process hands to Nest, by token: parsed configuration, the process's log, the key that signs what it sends. */
export const CONFIG = Symbol('config');
export const LOG = Symbol('log');
export const FEED_SIGNER = Symbol('feed-signer');
/** `() => readonly TokenKey[]`, the one that signs first; asked anew at every use. */
export const TOKEN_KEYS = Symbol('token-keys');
