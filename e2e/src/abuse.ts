/** What somebody gets who tries it: a status and a code, and nothing else happens. */
interface Repelled {
  readonly status: number;
  readonly code: string;
}

/**
 * Abuse of tokens, credentials and sign-in, in one place. The scenario `abuse` does each of it to a real installation, reads the
 * target before and after (revision, decisions, refunds, credentials, conversations, people) and afterwards looks for every
 * secret that was used in all that is left behind. A row without a case does not compile.
 */
export const abuse = {
  'a token for another server': { status: 401, code: 'invalid_token' },
  'a token after its end': { status: 401, code: 'invalid_token' },
  "a token signed by a stranger's key under our key id": { status: 401, code: 'invalid_token' },
  'a token whose algorithm is none': { status: 401, code: 'invalid_token' },
  'a token signed with our public key as a shared secret': { status: 401, code: 'invalid_token' },
  'a token that brings its own key': { status: 401, code: 'invalid_token' },
  'a token with another role written into it': { status: 401, code: 'invalid_token' },
  'a token with an act written into it': { status: 401, code: 'invalid_token' },
  'a client assertion as an access token': { status: 401, code: 'invalid_token' },
  'a token bound to a key, shown as a bearer token': { status: 401, code: 'invalid_token' },
  'a token bound to a key, with a proof by another key': { status: 401, code: 'invalid_token' },
  'a DPoP proof at the server for the second time': { status: 401, code: 'invalid_token' },
  'a DPoP proof at the token endpoint for the second time': { status: 400, code: 'invalid_dpop_proof' },
  'a client assertion for the second time': { status: 401, code: 'invalid_client' },
  'a client assertion for another issuer': { status: 401, code: 'invalid_client' },
  'a client assertion whose algorithm is none': { status: 401, code: 'invalid_client' },
  'a client assertion signed with the public key as a shared secret': { status: 401, code: 'invalid_client' },
  "a client assertion by another agent's key": { status: 401, code: 'invalid_client' },
  'a role that the agent does not hold': { status: 400, code: 'invalid_scope' },
  'P-F3 a user of its own choosing': { status: 400, code: 'invalid_scope' },
  'P-F3 a conversation that nobody opened': { status: 400, code: 'invalid_scope' },
  "P-F3 another agent's conversation": { status: 400, code: 'invalid_scope' },
  'P-F3 an actor of its own choosing': { status: 400, code: 'invalid_request' },
  'a subject token of its own making': { status: 400, code: 'invalid_grant' },
  'guesses at a client secret': { status: 429, code: 'rate_limited' },
  'guesses at a password': { status: 200, code: 'rate_limited' },
} as const satisfies Record<string, Repelled>;

export type Abuse = keyof typeof abuse;
