import type { ShownCode } from './problem.js';

interface ProblemText {
  readonly what: string;
  readonly next: string;
}

/** Printed on the terminal of a process that does not start; a browser cannot meet it. */
const didNotStart: ProblemText = {
  what: 'The control plane did not start',
  next: 'Its terminal or log says why, and what to do.',
};

/** One text per code; the type makes a missing one a build error. */
export const problemTexts: Record<ShownCode, ProblemText> = {
  config_invalid: didNotStart,
  port_in_use: didNotStart,
  database_unreachable: {
    what: 'The database does not answer',
    next: 'Check that it runs; stopping still works on the stop page.',
  },
  database_too_old: didNotStart,
  migration_failed: didNotStart,
  schema_ahead: didNotStart,
  node_too_old: didNotStart,
  install_failed: didNotStart,
  build_failed: didNotStart,
  already_running: didNotStart,
  start_failed: didNotStart,
  postgres_platform_missing: didNotStart,
  postgres_account_missing: didNotStart,
  postgres_folder_unreachable: didNotStart,
  postgres_folder_in_use: didNotStart,
  postgres_version_mismatch: didNotStart,
  postgres_start_failed: didNotStart,
  unauthenticated: { what: 'You are signed out', next: 'Sign in again.' },
  forbidden: { what: 'You may not do this', next: 'Ask an administrator for the permission.' },
  sign_in_refused: { what: 'E-mail or password is not right', next: 'Check both and try again.' },
  claim_refused: {
    what: 'This claim link is not valid',
    next: 'It may be used already. The control plane prints a new one at each start until somebody claims it.',
  },
  csrf_refused: { what: 'The request did not prove it came from this page', next: 'Reload the page and try again.' },
  origin_refused: { what: 'This address may not use the control plane', next: 'Open the console at its own address.' },
  rate_limited: { what: 'Too many attempts', next: 'Wait a minute and try again.' },
  stop_ticket_refused: { what: 'The stop ticket was refused', next: 'Try again; a new ticket is fetched each time.' },
  input_invalid: { what: 'Something in the form is not valid', next: 'Correct it and try again.' },
  not_found: { what: 'There is no such object', next: 'It may have been removed, or the address is misspelt.' },
  already_exists: { what: 'That id is taken', next: 'Choose another.' },
  conflict: { what: 'Somebody changed this meanwhile', next: 'Look at the newer state, then decide again.' },
  retired: { what: 'This agent is retired', next: 'Retiring is final. Create a new agent.' },
  already_revoked: { what: 'It is revoked already', next: 'Nothing more is needed.' },
  body_too_large: { what: 'The request is too large', next: 'Send less at once.' },
  lifecycle_order: {
    what: 'The credential is not at that step',
    next: 'A credential goes from prepared to active, retiring and revoked. Look at where it stands now.',
  },
  rotation_refused: { what: 'The rotation was refused', next: 'See the agent’s rotation policy and its credentials.' },
  client_refused: { what: 'The credential was refused', next: 'It is wrong, ended or revoked.' },
  key_refused: { what: 'This key cannot be used', next: 'Give the public JWK of an ES256 or EdDSA key.' },
  key_address_refused: {
    what: 'This JWKS address cannot be used',
    next: 'It must be a public https address that answers with at least one usable key.',
  },
  subject_token_refused: {
    what: 'The user’s token was refused',
    next: 'It must come from a configured issuer and still be in time.',
  },
  dpop_proof_refused: { what: 'The DPoP proof was refused', next: 'Make a new one with the nonce of the last answer.' },
  conversation_refused: {
    what: 'The conversation was refused',
    next: 'Only an agent’s host, or a signed-in person, opens one for it.',
  },
  issuer_refused: {
    what: 'This issuer cannot be used',
    next: 'Its metadata or its keys could not be read, or name another issuer.',
  },
  policy_refused: { what: 'The policy cannot be published', next: 'Correct what is named, then publish again.' },
  review_needed: { what: 'Somebody else has to review it', next: 'Ask a second person to approve this version.' },
  release_needs_two_people: { what: 'Releasing needs two people', next: 'It comes in a later version.' },
  join_token_refused: { what: 'The join token was refused', next: 'Make a new one on the server’s page.' },
  guard_refused: { what: 'The guard was refused', next: 'See the server’s page.' },
  signature_refused: { what: 'A signature did not verify', next: 'See the control plane’s log.' },
  batch_gap: { what: 'A report is missing', next: 'See the server’s page.' },
  batch_conflict: { what: 'Two reports contradict each other', next: 'See the server’s page.' },
  guard_outdated: { what: 'The guard is too old for this', next: 'Update the guard.' },
  change_log_behind: {
    what: 'The control plane’s log is older than what it has shown before',
    next: 'It refuses to serve until it is restored: see its log. Stopping still works on the stop page.',
  },
  not_stopped: { what: 'NOT STOPPED', next: 'Try again, use the stop page, or the command line.' },
  unavailable: {
    what: 'The control plane cannot answer now',
    next: 'Try again in a moment; stopping still works on the stop page.',
  },
  internal: {
    what: 'The control plane failed',
    next: 'Try again. If it stays, quote the request id to whoever runs it.',
  },
  unreachable: {
    what: 'The control plane did not answer',
    next: 'Check the connection. The stop page and the command line may still work.',
  },
};
