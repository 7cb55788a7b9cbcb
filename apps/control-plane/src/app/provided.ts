/** What the process hands to Nest, by token: parsed configuration, the process's log, the key that signs what it sends. */
export const CONFIG = Symbol('config');
export const LOG = Symbol('log');
export const FEED_SIGNER = Symbol('feed-signer');
/** `FetchPublic`: the only way to an address that somebody gave. */
export const FETCH_PUBLIC = Symbol('fetch-public');
/** `() => readonly TokenKey[]`, the one that signs first; asked anew at every use. */
export const TOKEN_KEYS = Symbol('token-keys');
