/** Codes of {@link PostgresProblem}; a code is never reused for another meaning. */
export type PostgresProblemCode =
  | 'database_unreachable'
  | 'database_too_old'
  | 'postgres_platform_missing'
  | 'postgres_account_missing'
  | 'postgres_folder_unreachable'
  | 'postgres_folder_in_use'
  | 'postgres_version_mismatch'
  | 'postgres_start_failed';

/**
 * Why a database cannot be used. `message` is one line and says what to do; it never holds a password.
 * Recognise it by `code`, not by class identity.
 */
export class PostgresProblem extends Error {
  readonly code: PostgresProblemCode;

  constructor(code: PostgresProblemCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'PostgresProblem';
    this.code = code;
  }
}
