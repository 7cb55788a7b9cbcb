import type { ReasonCode } from '@portcullis/contracts';
import type { Records } from './constraints/constraint-check.js';
import type { Assignment, CompiledGrant, Conversation, Credential, GrantSlice, KnownTool, State } from './state.js';
import type { Call } from './types.js';

/**
 * Why a check says no: the coded cause, `kind:id` of the object that spoke (or `null`), and words for administrators. `hold`: a
 * person may still allow it.
 */
export interface Denial {
  readonly outcome?: 'deny' | 'hold';
  readonly reason: ReasonCode;
  readonly rule: string | null;
  readonly detail: string;
}

/** What is asked of one way an agent holds a role. */
export type HeldAssignment = Pick<Assignment, 'id' | 'notBefore' | 'notAfter'>;

/** What a state holds about the caller of a token, looked up once: what is asked on every call is only what moves. */
export interface Held {
  /** The signing keys by which this was looked up, and the token's. */
  readonly keys: Call['keys'];
  readonly key: Call['key'];
  /** The seconds of control time from which on, and up to which, not including it, no question about the caller says no. Never: 0 and 0. */
  readonly clearFrom: number;
  readonly clearUntil: number;
  readonly credential: Credential | undefined;
  /** The record the token is for; `undefined` also where it is for none. */
  readonly conversation: Conversation | undefined;
  /** How the agent holds the token's role in the server's environment, in the order of ids. */
  readonly assignments: readonly HeldAssignment[];
  /** Of which state what follows of grants was looked up (`Remembered`). */
  readonly round: number;
  /** What is granted to the role there. */
  readonly grants: GrantSlice | undefined;
  /** What is granted to it there in the token's conversation alone. */
  readonly widened: GrantSlice | undefined;
  /** What a constraint may read, with the record of this token at hand. */
  readonly records: Records;
}

/** One question about a call; `tool` is the one it names, if there is such a tool here. `undefined`: nothing against it. */
export type CallCheck = (state: State, call: Call, held: Held, tool: KnownTool | undefined) => Denial | undefined;

/** One question about a token as such: nothing of the call and no clock is in it, so its answer holds as long as the state does. */
export type TokenCheck = (state: State, token: Pick<Call, 'claims'>) => Denial | undefined;

/**
 * One question about the grants that are left. Those that do not pass drop out; when none is left the call is denied with
 * what the check says about the first of them. `records`: what a constraint may read; default: the state.
 */
export interface GrantCheck {
  readonly passes: (grant: CompiledGrant, call: Call, tool: KnownTool, state: State, records?: Records) => boolean;
  readonly denial: (grant: CompiledGrant, call: Call, tool: KnownTool, state: State) => Denial;
}

/** All that can speak against a plain grant (`isPlain`) at a fresh call where no policy is asked; no other check can say no to it. */
export type PlainCheck = (
  grant: CompiledGrant,
  call: Call,
  tool: KnownTool,
  state: State,
  records: Records,
) => Denial | undefined;
