import type { AccessTokenClaims, DecisionMeta, Posture, ReasonCode } from '@portcullis/contracts';
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
}

/** A verified caller: the token was checked once; everything that can change is asked again on every call (protocol F6). */
export interface VerifiedCaller {
  readonly claims: AccessTokenClaims;
}

/** Why a bearer token was not taken. The outside sees only the RFC 6750 error. */
export interface TokenRefusal {
  readonly refused: 'token_invalid' | 'token_expired' | 'wrong_audience' | 'credential_revoked' | 'agent_suspended';
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
  /** Aborted when the call loses its right; `reason` is the `Denial`. */
  readonly signal: AbortSignal;
  /** Posture and stops once more, right before the work starts (after the intent is on disk). A denial here means: do not start. */
  start(): Promise<Denial | undefined>;
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
  /** Verifies a bearer token (once; then cached by its SHA-256) and asks credential, agent, cut-off and expiry again. */
  verify(token: string): Promise<VerifiedCaller | TokenRefusal>;
  /** Whether `tools/list` shows the tool to this caller (protocol G4). */
  lists(caller: VerifiedCaller, tool: string): boolean;
  /** Decides a call and records the decision. */
  decide(caller: VerifiedCaller, tool: string, args: unknown): GuardedCall | Denial;
  /** Tells the control plane which tools the server announces. */
  announce(
    tools: readonly {
      readonly name: string;
      readonly description?: string | undefined;
      readonly inputSchema: unknown;
    }[],
  ): void;
  /** Runs after every swap of state or posture. Returns the way to stop listening. A listener that throws is logged, nothing else. */
  onChange(listener: () => void): () => void;
  /** Sends what is spooled if the control plane answers within 2 s, then stops. */
  close(): Promise<void>;
}

export type { ReasonCode };
