import type {
  AccessTokenClaims,
  DecisionOutcome,
  Obligation,
  ObligationOf,
  Posture,
  ReasonCode,
  RiskSignals,
} from '@portcullis/contracts';

/** One object as it arrives: `value` is parsed JSON, `null` means it left the slice. */
export interface Change {
  readonly kind: string;
  readonly id: string;
  readonly revision: number;
  readonly value: unknown;
}

/** What the caller proved: the claims of a token whose signature, issuer and type were verified by the host. */
export interface Caller {
  readonly claims: AccessTokenClaims;
  /** Id of the key that signed the token. */
  readonly key?: string | undefined;
}

/** The control time, in milliseconds, between which what a key signed is taken. */
export interface KeyLife {
  readonly notBefore: number;
  readonly notAfter: number;
}

/** A call to decide. `now` is control time in milliseconds; nothing in here reads a clock. */
export interface Call extends Caller {
  /** The server the guard protects (its slice). */
  readonly server: string;
  /** The tool's name as the client sent it. */
  readonly tool: string;
  /**
   * The `definitionHash` of what the server says of the tool now, told by the host. `undefined`: it says nothing, or not one thing;
   * a pinned tool is refused then.
   */
  readonly definition?: string | undefined;
  readonly arguments: unknown;
  readonly posture: Posture;
  /** Seconds since the lease ended; 0 while fresh. Compared with a grant's stale allowance. */
  readonly staleSeconds: number;
  readonly now: number;
  /** The keys that sign tokens, as of now, by id: a token of any other is dead. Absent where the host holds none; then `key` is not asked. */
  readonly keys?: ReadonlyMap<string, KeyLife> | undefined;
  /**
   * What the host knows about the risk of this call, for policies that read it (`signalsRead`). Default: nothing, but where its
   * values come from, which is worked out of the state.
   */
  readonly signals?: RiskSignals | undefined;
  /**
   * How many units of a quota are left to this call in the window that begins at `from`, by the host's count: calls, or
   * ten-thousandths of an amount. Default: all of them, as for a call that is only thought through, or is asked about again while
   * it runs.
   */
  readonly left?: ((bucket: string, quota: ObligationOf<'quota'>, from: number) => number) | undefined;
}

/** What an allowed call takes out of a quota: `units` of `bucket` in the window from `from` up to `until`, in milliseconds of control time. */
export interface Charge {
  readonly bucket: string;
  readonly from: number;
  readonly until: number;
  readonly units: number;
}

/** What would have been decided, in an environment that is observed. */
export interface Observed {
  readonly outcome: 'deny' | 'hold';
  readonly reason: ReasonCode;
  readonly rule: string | null;
  readonly detail: string;
}

/**
 * The answer. `rule` is `kind:id` of the object that spoke; `detail` is for administrators only. `obligations` and `charges` are
 * what has to be done about an allowed call; whoever cannot do all of it must not let it run. `observed`: the call is allowed only
 * because its environment is observed, and this is what would have been said.
 */
export interface Decision {
  readonly outcome: DecisionOutcome;
  readonly reason: ReasonCode | null;
  readonly rule: string | null;
  readonly revision: number;
  readonly detail: string | null;
  readonly obligations: readonly Obligation[];
  readonly charges: readonly Charge[];
  readonly observed: Observed | null;
}
