import type { ReasonCode } from '@portcullis/contracts';
import type { CompiledGrant, KnownTool, State } from './state.js';
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

/** One question about a call. `undefined`: nothing against it. */
export type CallCheck = (state: State, call: Call) => Denial | undefined;

/**
 * One question about the grants that are left. Those that do not pass drop out; when none is left the call is denied with
 * what the check says about the first of them.
 */
export interface GrantCheck {
  readonly passes: (grant: CompiledGrant, call: Call, tool: KnownTool, state: State) => boolean;
  readonly denial: (grant: CompiledGrant, call: Call, tool: KnownTool, state: State) => Denial;
}
