import { randomUUID } from 'node:crypto';
import type { Posture, ToolDefinition } from '@portcullis/contracts';
import { decide, isListed, mayKnowOf, type Call, type Decision, type State } from '@portcullis/policy';
import { Admission } from './admission.js';
import { callerRefusal } from './caller-standing.js';
import type { Clock } from './clock.js';
import { denialOf, unrecorded, unfulfillable } from './denial.js';
import { InFlight } from './in-flight.js';
import type { Log } from './log.js';
import type { Recorder } from './recorder.js';
import { RevisionWait } from './revision-wait.js';
import type { Spool } from './spool.js';
import type { Standing } from './standing.js';
import type { Denial, Guard, GuardedCall, Presentation, TokenRefusal, VerifiedCaller } from './types.js';
import type { TokenVerifier } from './verify-token.js';

/** What enrolment adds to a guard. */
export interface Membership {
  readonly verifier: TokenVerifier;
  readonly issuer: () => string;
}

/** The guard as its host sees it. How it is connected is no part of this class. */
export class LiveGuard implements Guard {
  readonly inFlight: InFlight;
  readonly #standing: Standing;
  readonly #recorder: Recorder;
  readonly #spool: Spool;
  readonly #log: Log;
  readonly #newer: RevisionWait;
  readonly #admission: Admission;
  readonly #listeners = new Set<() => void>();
  #membership: Membership | undefined;
  #posture: Posture = 'severed';
  #close: () => Promise<void> = async () => undefined;

  constructor(parts: { standing: Standing; recorder: Recorder; spool: Spool; clock: Clock; log: Log }) {
    this.#standing = parts.standing;
    this.#recorder = parts.recorder;
    this.#spool = parts.spool;
    this.#log = parts.log;
    this.#newer = new RevisionWait(parts.clock);
    this.#admission = new Admission(parts.standing, this.#newer);
    this.inFlight = new InFlight(() => parts.standing.present(), parts.recorder, parts.clock);
  }

  get server(): Guard['server'] {
    const server = this.#standing.view?.state.server;
    return server && { id: server.id, resource: server.resource, environment: server.environment };
  }

  get issuer(): string | undefined {
    return this.#membership?.issuer();
  }

  get posture(): Posture {
    return this.#standing.posture;
  }

  get revision(): number {
    return this.#standing.view?.revision ?? 0;
  }

  verify(token: string, shown?: Presentation): Promise<VerifiedCaller | TokenRefusal> {
    const verifier = this.#membership?.verifier;
    return verifier
      ? this.#admission.verify(token, shown, verifier)
      : Promise.resolve({ refused: 'token_invalid', why: 'this guard has no keys yet' });
  }

  standsAgainst(caller: VerifiedCaller): TokenRefusal | undefined {
    return callerRefusal(this.#standing.present(), caller);
  }

  dpopNonce(): string {
    return this.#admission.nonces.issue();
  }

  lists({ claims, key }: VerifiedCaller, tool: string, definition?: string): boolean {
    const { state, ...moment } = this.#standing.present();
    return isListed(state, { claims, key, server: state.slice, tool, definition, ...moment });
  }

  decide({ claims, key }: VerifiedCaller, tool: string, args: unknown, definition?: string): GuardedCall | Denial {
    const { state, ...moment } = this.#standing.present();
    const call: Call = { claims, key, server: state.slice, tool, definition, arguments: args, ...moment };
    const needsIntent = !isReadOnly(state, tool);
    const decision = this.#recordable(decide(state, call), needsIntent);
    const id = randomUUID();
    this.#recorder.decision(id, call, decision);
    if (decision.outcome === 'allow') return this.inFlight.admit(id, call, decision, needsIntent);
    const isSecret = decision.reason === 'definition_changed' && !mayKnowOf(state, call);
    return denialOf(decision, id, decision.outcome, isSecret);
  }

  announce(tools: readonly ToolDefinition[]): void {
    this.#recorder.catalogue(tools);
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): Promise<void> {
    return this.#close();
  }

  /** Tells the guard who it is. */
  join(membership: Membership): void {
    this.#membership = membership;
  }

  onClose(close: () => Promise<void>): void {
    this.#close = close;
  }

  /** State, posture or time has moved: calls in flight are asked again, then those who listen are told. */
  moved(wasSwapped: boolean): void {
    const posture = this.#standing.posture;
    const hasTurned = posture !== this.#posture;
    this.#posture = posture;
    this.inFlight.examine();
    this.#newer.reached(this.revision);
    if (hasTurned) {
      this.#recorder.posture(posture);
      this.#log({ level: posture === 'fresh' ? 'info' : 'warn', what: 'posture', posture, revision: this.revision });
    }
    if (hasTurned || wasSwapped) this.#tell();
  }

  #recordable(decision: Decision, needsIntent: boolean): Decision {
    if (decision.outcome !== 'allow') return decision;
    if (decision.obligations.length > 0 || decision.charges.length > 0) return unfulfillable(decision.revision);
    const canRecord = needsIntent ? this.#spool.isOpenForIntents : this.#spool.isOpen;
    return canRecord ? decision : unrecorded(decision.revision);
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener();
      } catch (error) {
        this.#log({ level: 'error', what: 'listener_failed', why: error instanceof Error ? error.message : 'unknown' });
      }
    }
  }
}

/** Only a tool that is classed `read` and nothing else runs without an intent on disk. */
function isReadOnly(state: State, tool: string): boolean {
  return state.tools.get(tool)?.classes.every((name) => name === 'read') ?? false;
}
