import type { AccessTokenClaims, DecisionMeta, Posture, ReasonCode, ToolDefinition } from '@portcullis/contracts';
import type { Decision } from '@portcullis/policy';

/** How to start a guard. */
export interface GuardOptions {
  /** Base address of the control plane's guard listener, for example `http://localhost:4001`. */
  readonly url: string;
  /** Needed once, while the state folder holds no identity. */
  readonly joinToken?: string | undefined;
  /** Folder for the guard's key, identity, high-water mark and report spool; made with mode 0700. */
  readonly state: string;
  /** Called with one structured line per noteworthy event; never with a secret. Default: silent. */
  readonly log?:
    | ((event: {
        readonly level: 'info' | 'warn' | 'error';
        readonly what: string;
        readonly [field: string]: unknown;
      }) => void)
    | undefined;
  /**
   * Says how dangerous a call looks, for policies that read `context.signals.scorer`. It is asked about calls that such a policy
   * decides, and about no other. Default: nobody, and such a policy denies.
   */
  readonly scorer?: Scorer | undefined;
  /** How long the scorer has, in milliseconds, 1 to 10,000. Default: 250. Later there is no score, and a policy that reads it denies. */
  readonly scorerWithinMs?: number | undefined;
}

/** A call as a scorer sees it: who it was proved to be for, and what is asked. The arguments are a copy. */
export interface ScoredCall {
  readonly agent: string;
  readonly instance: string;
  readonly role: string;
  readonly task: AccessTokenClaims['task'];
  readonly user: string | undefined;
  readonly conversation: string | undefined;
  readonly server: string;
  readonly tool: string;
  readonly arguments: unknown;
}

/**
 * From 0 (harmless) to 1 (dangerous), of which 4 places count. An answer that is late or none of these, and one that is thrown,
 * is no score: policies that read it deny.
 */
export type Scorer = (call: ScoredCall) => number | Promise<number>;

/** A verified caller: the token was checked once; everything that can change is asked again on every call (protocol F6). */
export interface VerifiedCaller {
  readonly claims: AccessTokenClaims;
  /** Id of the key that signed the token; once it is withdrawn, every call of this caller is denied. */
  readonly key: string;
}

/**
 * How a token was shown to the host, for this one request. Default where a host gives none: as a bearer token (RFC 6750).
 *
 * `method` and `url` are what the proof must name (`htm`, `htu` of RFC 9449). Take `url` from your own configuration, never from
 * the request's `Host` header: the client chooses that.
 */
export interface Presentation {
  readonly scheme: 'bearer' | 'dpop';
  /** The value of the `DPoP` header; a request that carries two of them is refused by the host. */
  readonly proof?: string | undefined;
  readonly method: string;
  readonly url: string;
}

/**
 * Why a token was not taken. The outside sees one answer for all of them, except `dpop_nonce_needed`: that one is answered with
 * `use_dpop_nonce` and a nonce (RFC 9449 section 9), and says nothing about the token, which was not looked at.
 */
export interface TokenRefusal {
  readonly refused:
    | 'token_invalid'
    | 'token_expired'
    | 'wrong_audience'
    | 'credential_revoked'
    | 'agent_suspended'
    | 'dpop_proof_invalid'
    | 'dpop_nonce_needed';
  /** What exactly was wrong, for the log of the host and nobody else. */
  readonly why?: string | undefined;
}

/** A call that was not allowed, or lost its right: what the host turns into its protocol's denial. */
export interface Denial {
  readonly meta: DecisionMeta;
  /** True when the caller must not learn whether the tool exists. */
  readonly hidden: boolean;
}

/** An allowed call from decision to final result. */
export interface GuardedCall {
  readonly decision: Decision;
  readonly decisionId: string;
  /** Aborted when the call loses its right; `reason` is the `Denial`. Made when it is first asked for. */
  readonly signal: AbortSignal;
  /** Whether the call has lost its right since it was allowed. */
  readonly isLost: boolean;
  /** Runs `act` once, when the call loses its right; at once if it has. */
  onLost(act: (denial: Denial) => void): void;
  /** Posture and stops once more, right before the work starts (after the intent is on disk). A denial here means: do not start. */
  start(): Promise<Denial | undefined>;
  /** Whether the grant asks something of the answer: then only what `fulfil` gives of it may leave. Ask when the answer is there; it may have changed by then. */
  readonly mustFulfil: boolean;
  /**
   * Whether something is taken out of the answer. Then nothing else of the call may leave either, from before it runs: no progress, no log, no
   * question to the client, no error text; there is no telling what they say.
   */
  readonly isFiltered: boolean;
  /**
   * Whether something of the call may leave before its answer: its progress, a log, a question to the client. Ask each time and before it
   * leaves: what the answer will be labelled is a label of the conversation from then on.
   */
  mayTell(): boolean;
  /**
   * What may leave of the answer (a `CallToolResult`): filtered, redacted and labelled as the grant asks. `undefined`: nothing; say that the call ran
   * and its result was withheld. Call it before `release`, which otherwise refuses. Throws when nothing is owed (`mustFulfil` is false).
   */
  fulfil(answer: unknown): Readonly<Record<string, unknown>> | undefined;
  /** Instead of `fulfil`: nothing leaves of what the handler said. `why`: in words, for administrators. */
  withhold(why: string): void;
  /** Posture and stops once more, right before the result leaves. A denial here means: drop the result. Records the outcome either way. */
  release(result: 'ok' | 'error'): Denial | undefined;
}

/** One enforcement point. It never throws at its host because the control plane is away: that is posture. */
export interface Guard {
  /** The server this guard protects; `undefined` until the first snapshot. */
  readonly server: { readonly id: string; readonly resource: string; readonly environment: string } | undefined;
  readonly issuer: string | undefined;
  readonly posture: Posture;
  readonly revision: number;
  /**
   * Verifies a token (once; then cached by its SHA-256) and asks credential, agent, cut-off and expiry again. How it is shown is
   * checked every time: a token that is bound to a key needs a proof by that key, made for this very request, and is refused as
   * a bearer token; one that is not bound is refused with the DPoP scheme. Default for `shown`: bearer.
   */
  verify(token: string, shown?: Presentation): Promise<VerifiedCaller | TokenRefusal>;
  /**
   * What stands by now against a caller that was verified before, for what goes on without a request, such as an open stream:
   * agent, credential, cut-off, signing key, expiry. It admits nobody: every request needs `verify`.
   */
  standsAgainst(caller: VerifiedCaller): TokenRefusal | undefined;
  /** A nonce for the next proof (the `DPoP-Nonce` header). It is good for 30 s at this guard, until it is started again. */
  dpopNonce(): string;
  /**
   * Whether `tools/list` shows the tool to this caller (protocol G4). `definition` is the `definitionHash` of what would be shown;
   * without it a pinned tool is not.
   */
  lists(caller: VerifiedCaller, tool: string, definition?: string): boolean;
  /**
   * Whether a grant by which this caller sees the tool takes something out of its results: what the server announces about their
   * structure (`outputSchema`) does not hold then, and must not be shown.
   */
  filters(caller: VerifiedCaller, tool: string, definition?: string): boolean;
  /**
   * Decides a call and records the decision. `definition` is the `definitionHash` of what the server that would run it says of the
   * tool now. Leave it out when the server says nothing, or not one thing: a pinned tool is then refused (`definition_changed`).
   * A call that lacks a share of a budget (a quota on an amount) is refused, and the share is asked for with the next report; one
   * that a policy judges by its score is refused too (`policy_error`): a host that can wait uses `consult`.
   */
  decide(caller: VerifiedCaller, tool: string, args: unknown, definition?: string): GuardedCall | Denial;
  /**
   * The same, for a host that can wait: a call that lacks a share of a budget waits up to a second for the control plane to hand
   * out more, and where a policy reads what the host's scorer says, that is asked first. No answer is a no. Every other call is
   * decided at once.
   */
  consult(caller: VerifiedCaller, tool: string, args: unknown, definition?: string): Promise<GuardedCall | Denial>;
  /** Tells the control plane which tools the server announces, and what it says of them. */
  announce(tools: readonly ToolDefinition[]): void;
  /** Runs after every swap of state or posture. Returns the way to stop listening. A listener that throws is logged, nothing else. */
  onChange(listener: () => void): () => void;
  /** Sends what is spooled if the control plane answers within 2 s, then stops. */
  close(): Promise<void>;
}

export type { ReasonCode };
