/**
 * Codes of refusals and faults that leave the process: GraphQL `extensions.code`, problem+json `code`, and the one line on
 * stderr of a process that cannot start. Literal and closed; a code is never reused for another meaning.
 */
export const problemCodes = [
  // configuration and start-up
  'config_invalid',
  'port_in_use',
  'database_unreachable',
  'database_too_old',
  'migration_failed',
  'schema_ahead',
  'node_too_old',
  'install_failed',
  'build_failed',
  'already_running',
  'start_failed',
  'postgres_platform_missing',
  'postgres_account_missing',
  'postgres_folder_unreachable',
  'postgres_folder_in_use',
  'postgres_version_mismatch',
  'postgres_start_failed',
  'change_log_behind',
  // who is asking
  'unauthenticated',
  'forbidden',
  'sign_in_refused',
  'claim_refused',
  'csrf_refused',
  'origin_refused',
  'rate_limited',
  'stop_ticket_refused',
  // what was asked
  'input_invalid',
  'not_found',
  'already_exists',
  'conflict',
  'retired',
  'already_revoked',
  'body_too_large',
  'release_needs_two_people',
  'policy_refused',
  'review_needed',
  // agents, credentials, tokens
  'lifecycle_order',
  'rotation_refused',
  'client_refused',
  'key_refused',
  'key_address_refused',
  'subject_token_refused',
  'dpop_proof_refused',
  'conversation_refused',
  'issuer_refused',
  // guards
  'join_token_refused',
  'guard_refused',
  'signature_refused',
  'batch_gap',
  'batch_conflict',
  'guard_outdated',
  // state
  'not_stopped',
  'unavailable',
  'internal',
] as const;
export type ProblemCode = (typeof problemCodes)[number];

/** RFC 9457 problem document as every HTTP listener answers it (`application/problem+json`). */
export interface Problem {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  /** What to do. */
  readonly detail: string;
  readonly requestId?: string;
}

/** Exit codes of every Portcullis process that refuses to start. */
export const exitCodes = { configuration: 2, port: 3, database: 4, migration: 5 } as const;
