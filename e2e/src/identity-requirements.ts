import type { Requirement } from './requirement.js';

/** What is promised of agents and of the tokens they call with. */
export const identityRequirements = [
  {
    id: 'R-KILL-3',
    sentence: 'a kill switch on one user or conversation of an agent cuts that one off without the agent',
    bound: 'the call in flight is aborted, the next refused; none of another user or conversation is',
    source: ['issue 3: tokens', 'P-F3'],
  },
  {
    id: 'R-WINDOW-1',
    sentence: 'an assignment with an end ends by itself, also while its guard is cut off from the control plane',
    bound: 'no call is allowed later than 1 s after the end',
    source: ['issue 3: time-scoped credentials and assignments', 'P-A6'],
  },
  {
    id: 'R-ROTATE-1',
    sentence:
      'a credential is rotated by a person or by the agent itself without one call lost, and is worth nothing after',
    bound: '`npm run soak -- rotation`: 200 rotations, 20,000 calls, tokens of 2 s, none failed, none wrongly allowed',
    source: ['issue 3: rotation'],
  },
  {
    id: 'R-REVOKE-2',
    sentence:
      'taint, suspend, unassign and retire end what the agent does at this moment, and nobody else is disturbed',
    bound: 'the call in flight is aborted, the next is refused, another agent sees none refused',
    source: ['issue 3: revocation is live', 'P-A5', 'P-F6'],
  },
  {
    id: 'R-OAUTH-1',
    sentence:
      'an OAuth client by somebody else finds the token server from its issuer and gets tokens by secret and by key',
    bound: 'tokens of 5 minutes that its own RFC 9068 check takes',
    source: ['issue 3: shown by'],
  },
  {
    id: 'R-OAUTH-2',
    sentence: 'a token that its agent revokes (RFC 7009) is refused and reads inactive (RFC 7662)',
    bound: 'the first call after the revocation is applied; the other token of the agent goes on',
    source: ['issue 3: tokens'],
  },
  {
    id: 'R-DPOP-1',
    sentence: 'a token bound to a key (RFC 9449) is worth nothing without that key',
    bound: 'as a bearer token, with another key and with a used proof: 401 each',
    source: ['issue 3: tokens', 'P-F7'],
  },
  {
    id: 'R-EXCHANGE-1',
    sentence: "an agent acts for a user only by that user's own token (RFC 8693), and what it hands on can only narrow",
    bound: 'every actor is named, and all of it ends with the first tainted credential',
    source: ['issue 3: tokens', 'P-F3'],
  },
  {
    id: 'R-EXCHANGE-2',
    sentence:
      'an ID token of a configured OIDC issuer lets an agent act for its user; of any other issuer or audience it does not',
    bound: 'the user is named by issuer and subject; every other token is refused alike',
    source: ['issue 3: tokens'],
  },
  {
    id: 'R-KEY-1',
    sentence: 'the key that signs tokens is rotated while agents sign in and call, without a restart',
    bound: 'no call fails; tokens of the old key live on',
    source: ['issue 3: tokens', 'P-D4'],
  },
  {
    id: 'R-KEY-2',
    sentence: 'a signing key that is withdrawn takes its tokens along, and no others',
    bound: 'the first call after it is applied',
    source: ['issue 3: tokens', 'P-D4'],
  },
  {
    id: 'R-KEY-3',
    sentence: 'a guard that is cut off while the signing key is rotated holds the rotation up no longer than its lease',
    bound: 'the new key signs once the lease is over; the guard takes it before its first call after that',
    source: ['issue 3: tokens', 'P-D4'],
  },
  {
    id: 'R-CONV-1',
    sentence: 'a host opens a conversation for an agent with its own credential, and closes it for good',
    bound: 'the first call after it is closed is refused; only tasks it was opened for, only records somebody opened',
    source: ['issue 3: tokens', 'P-F3'],
  },
  {
    id: 'R-SDK-1',
    sentence: "the MCP SDK's own providers sign an agent in by themselves, with and without DPoP",
    bound: 'from a 401 to an allowed call with one sign-in',
    source: ['issue 3: shown by'],
  },
  {
    id: 'R-ABUSE-1',
    sentence:
      'no forged, stolen, replayed or self-made token, assertion, proof or claim does anything, and guessing is slowed',
    bound: 'each row of abuse.ts, the target read before and after',
    source: ['issue 3: abuse cases', 'P-F3'],
  },
  {
    id: 'R-ENUM-1',
    sentence: 'who does not exist is answered like who proves it wrongly, agents and people alike',
    bound: 'same status, headers and body; p50 within 10 %: `npm run bench -- enumeration`',
    source: ['issue 3: abuse cases'],
  },
  {
    id: 'R-SECRET-1',
    sentence: 'no secret, token, assertion or password stands in a log, a table, an error or the process list',
    bound: 'every secret of the abuse scenario, at log level trace',
    source: ['issue 3: abuse cases'],
  },
  {
    id: 'R-SCREEN-3',
    sentence: 'a person rotates a credential on its page: prepare, activate, retire, finish',
    bound: 'no call of the agent fails; the old credential and its tokens are refused afterwards',
    source: ['issue 3: console'],
  },
  {
    id: 'R-SCREEN-4',
    sentence: 'a key pair made in the browser gets tokens, and its private half never leaves the browser',
    bound: 'in no request and no socket frame of the page',
    source: ['issue 3: console'],
  },
  {
    id: 'R-SCREEN-5',
    sentence: 'a person opens a conversation for an agent on its page, and closes it there',
    bound: 'the token carries the person; closed, the next call is refused',
    source: ['issue 3: console', 'P-F4'],
  },
  {
    id: 'R-SCREEN-6',
    sentence: 'a person suspends an agent on its page and resumes it',
    bound: 'the next call and the next token',
    source: ['issue 3: console'],
  },
  {
    id: 'R-SCREEN-7',
    sentence: 'token settings that are saved on the page hold',
    bound: 'from the next token on, and none before they are saved',
    source: ['issue 3: console'],
  },
  {
    id: 'R-SCREEN-8',
    sentence: 'a person rotates the key that signs tokens on the page and withdraws the old one there',
    bound: 'no call fails by the rotation; tokens of a withdrawn key are refused within a lease of 10 s',
    source: ['issue 3: tokens'],
  },
  {
    id: 'R-SCREEN-9',
    sentence: 'a person lets one agent act for them on its page, as the page prints it for curl',
    bound: 'the token carries the person; another agent gets none with it',
    source: ['issue 3: tokens'],
  },
  {
    id: 'R-SCREEN-10',
    sentence: 'an issuer whose keys cannot be read is refused on the page with the reason at its field',
    bound: 'no issuer is added',
    source: ['issue 3: tokens'],
  },
] as const satisfies readonly Requirement[];
