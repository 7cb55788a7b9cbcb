/** What somebody gets for input that cannot be taken: a code, where it is said, and what to do about it. */
interface Refused {
  readonly code: string;
  /** In the answer, or in the one line on stderr. */
  readonly remedy: RegExp;
}

interface RefusedStart extends Refused {
  readonly exit: number;
}

interface RefusedRequest extends Refused {
  /** HTTP status, or the close code of a WebSocket. */
  readonly status: number;
}

/**
 * Bad input and what becomes of it, in one place. The scenarios `bad-start` and `bad-input` make each of it, expect its row, and
 * read the state before and after; a row without a scenario does not compile.
 */
export const badInput = {
  start: {
    'wrong configuration: every problem at once': {
      exit: 2,
      code: 'config_invalid',
      remedy: /PORTCULLIS_PORT[\s\S]*PORTCULLIS_LOG_LEVEL/,
    },
    'an occupied port': { exit: 3, code: 'port_in_use', remedy: /PORTCULLIS_KILL_PORT/ },
    'a database that cannot be reached': { exit: 4, code: 'database_unreachable', remedy: /check DATABASE_URL/ },
    'a database that is too old': {
      exit: 4,
      code: 'database_too_old',
      remedy: /Postgres 13; use Postgres 14 or later/,
    },
    'a migration that fails half-way': { exit: 5, code: 'migration_failed', remedy: /grants|World|0003/i },
  },
  enrol: {
    'a join token used twice': { status: 403, code: 'join_token_refused', remedy: /join token/i },
    'a join token that has expired': { status: 403, code: 'join_token_refused', remedy: /join token/i },
    'a join token with a wrong secret': { status: 403, code: 'join_token_refused', remedy: /join token/i },
  },
  request: {
    'a GraphQL input out of range': { status: 200, code: 'input_invalid', remedy: /staleSeconds|60/ },
    'a constraint of no known kind': { status: 200, code: 'input_invalid', remedy: /constraint/i },
    'a regular expression that is a bomb': { status: 200, code: 'input_invalid', remedy: /pattern.*repeats too much/ },
    'a limit that no number holds': { status: 200, code: 'input_invalid', remedy: /value.*write a number/ },
    'a constraint under __proto__': { status: 200, code: 'input_invalid', remedy: /constraints/ },
    'SQL of a kind that cannot be allowed': {
      status: 200,
      code: 'input_invalid',
      remedy: /use select, insert, update, delete or merge/,
    },
    'a function that runs SQL of its own': { status: 200, code: 'input_invalid', remedy: /a grant cannot allow it/ },
    'an agent id that is no slug': { status: 200, code: 'input_invalid', remedy: /lower-case/ },
    'an agent that exists already': { status: 200, code: 'already_exists', remedy: /cs-prod/ },
    'a grant for a tool that does not exist': { status: 200, code: 'not_found', remedy: /tool/i },
    'an oversized GraphQL body': { status: 413, code: 'body_too_large', remedy: /at most|limit|larger|bytes|KiB/i },
    'an oversized report': { status: 413, code: 'body_too_large', remedy: /at most|limit|larger|bytes|KiB|MiB/i },
    'an oversized frame at the live socket': { status: 1009, code: 'message_too_big', remedy: /^$/ },
    'an oversized frame at the feed': { status: 1009, code: 'message_too_big', remedy: /^$/ },
    'a role that the agent does not hold': { status: 400, code: 'invalid_scope', remedy: /role/ },
    'a malformed token at a guarded server': { status: 401, code: 'invalid_token', remedy: /resource_metadata="http/ },
    'a token for another server': { status: 401, code: 'invalid_token', remedy: /resource_metadata="http/ },
    'a call of a tool that does not exist': { status: 200, code: 'unknown_tool', remedy: /Tool refumd not found/ },
    'arguments with a number that is none': { status: 400, code: '-32700', remedy: /Invalid JSON/ },
    'arguments with a number too large for any': { status: 200, code: 'constraint', remedy: /Refused/ },
    'arguments under __proto__': { status: 400, code: '-32600', remedy: /repeated or reserved/ },
    'arguments that name a parameter twice': { status: 400, code: '-32600', remedy: /repeated or reserved/ },
    'arguments nested without end': { status: 400, code: '-32600', remedy: /nested deeper than 200 levels/ },
    'arguments of ten megabytes': { status: 413, code: 'body_too_large', remedy: /at most 1048576 bytes/ },
    'a grant of ten megabytes': { status: 413, code: 'body_too_large', remedy: /at most|limit|larger|bytes|KiB/i },
    'arguments that are no UTF-8': { status: 400, code: '-32700', remedy: /not UTF-8/ },
    "arguments that break the tool's schema": { status: 200, code: 'invalid_arguments', remedy: /ticket/ },
  },
} as const satisfies {
  start: Record<string, RefusedStart>;
  enrol: Record<string, RefusedRequest>;
  request: Record<string, RefusedRequest>;
};

export type BadInput = { readonly [K in keyof typeof badInput]: keyof (typeof badInput)[K] };
