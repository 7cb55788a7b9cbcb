/** What the host itself did wrong, or what only a person can put right. The control plane being away is never one of these: that is posture. */
export const guardErrorCodes = [
  'url_invalid',
  'scorer_invalid',
  'state_folder_unusable',
  'join_token_missing',
  'join_token_malformed',
  'join_token_refused',
  'root_key_mismatch',
] as const;
export type GuardErrorCode = (typeof guardErrorCodes)[number];

const brand = 'portcullis.guard-error';

/**
 * Thrown by `createGuard`, and by nothing else.
 *
 * - `url_invalid`: `url` is not an http or https address. Use the address of the guard listener.
 * - `scorer_invalid`: `scorer` is no function, or `scorerWithinMs` is not 1 to 10,000 milliseconds.
 * - `state_folder_unusable`: the state folder cannot be made, read or written. Give a folder this process owns.
 * - `join_token_missing`: the state folder holds no identity and no join token was given. Create one in the console.
 * - `join_token_malformed`: the text is not a join token. Copy it whole.
 * - `join_token_refused`: the control plane refused it: unknown, used, expired or wrong. Create a new one.
 * - `root_key_mismatch`: the control plane that answered is not the one that made the join token. Do not retry before you know why.
 */
export class GuardError extends Error {
  readonly brand = brand;

  constructor(
    readonly code: GuardErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'GuardError';
  }
}

/** Recognises a `GuardError` by its brand, so that two copies of this package in one process agree. */
export function isGuardError(error: unknown): error is GuardError {
  return error instanceof Error && 'brand' in error && error.brand === brand;
}
