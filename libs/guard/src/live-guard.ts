import { randomUUID } from 'node:crypto';
import type { Posture, ToolDefinition } from '@portcullis/contracts';
import {
  isFiltered,
  isListed,
  mayKnowOf,
  type Call,
  type Decision,
  type Engines,
  type State,
} from '@portcullis/policy';
import { Admission } from './admission.js';
import { callerRefusal } from './caller-standing.js';
import type { Clock } from './clock.js';
import { denialOf, unrecorded, unfulfillable } from './denial.js';
import { InFlight } from './in-flight.js';
import type { Log } from './log.js';
import { OwedByGrant } from './owed.js';
import type { QuotaLedger } from './quota/quota-ledger.js';
import { thinkThrough, type Thought } from './quota/thought.js';
import type { Recorder } from './recorder.js';
import { RevisionWait } from './revision-wait.js';
import type { Recordings } from './recordings.js';
import type { Risk } from './signals/risk.js';
import { auditLevelOf } from './records/audit-level.js';
import type { CallRecord } from './records/call-record.js';
import type { FullRecords, NoRecord } from './records/full-records.js';
import type { Spool } from './spool.js';
import type { Standing } from './standing.js';
import type { Denial, Guard, GuardedCall, Presentation, TokenRefusal, VerifiedCaller } from './types.js';
import type { TokenVerifier } from './verify-token.js';

/** What enrolment adds to a guard. */
export interface Membership {
  readonly verifier: TokenVerifier;
  readonly issuer: () => string;
}

/** What a guard decides with. */
export interface LiveGuardParts {
  readonly standing: Standing;
  readonly recorder: Recorder;
  readonly spool: Spool;
  readonly recordings: Recordings;
  readonly records: FullRecords;
  readonly quotas: QuotaLedger;
  /** Reports at once. */
  readonly report: () => void;
  readonly clock: Clock;
  readonly engines: Engines;
  readonly risk: Risk;
  readonly log: Log;
}

/** How long a call waits at most for a share of a budget. */
const shareWithinMs = 1000;

/** The guard as its host sees it. How it is connected is no part of this class. */
export class LiveGuard implements Guard {
  readonly inFlight: InFlight;
  readonly #standing: Standing;
  readonly #recorder: Recorder;
  readonly #spool: Spool;
  readonly #recordings: Recordings;
  readonly #quotas: QuotaLedger;
  readonly #risk: Risk;
  readonly #report: () => void;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #newer: RevisionWait;
  readonly #admission: Admission;
  readonly #listeners = new Set<() => void>();
  #membership: Membership | undefined;
  #posture: Posture = 'severed';
  #close: () => Promise<void> = async () => undefined;

  constructor(parts: LiveGuardParts) {
    this.#standing = parts.standing;
    this.#recorder = parts.recorder;
    this.#spool = parts.spool;
    this.#recordings = parts.recordings;
    this.#quotas = parts.quotas;
    this.#risk = parts.risk;
    this.#report = parts.report;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#newer = new RevisionWait(parts.clock);
    this.#admission = new Admission(parts.standing, this.#newer);
    const owed = new OwedByGrant(parts.engines);
    this.inFlight = new InFlight(() => parts.standing.present(), { ...parts, owed });
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

  filters({ claims, key }: VerifiedCaller, tool: string, definition?: string): boolean {
    const { state, ...moment } = this.#standing.present();
    return isFiltered(state, { claims, key, server: state.slice, tool, definition, ...moment });
  }

  decide(caller: VerifiedCaller, tool: string, args: unknown, definition?: string): GuardedCall | Denial {
    const thought = this.#think(caller, tool, args, definition);
    this.#quotas.ask(thought.lacks);
    return this.#conclude(thought);
  }

  async consult(
    caller: VerifiedCaller,
    tool: string,
    args: unknown,
    definition?: string,
  ): Promise<GuardedCall | Denial> {
    const deadline = this.#clock.monotonic() + shareWithinMs;
    let scored: Scored | undefined;
    for (;;) {
      const thought = this.#think(caller, tool, args, definition, scored?.score);
      if (!scored && this.#isScoreWanted(thought)) {
        scored = { score: await this.#risk.score(thought.call) };
        continue;
      }
      if (thought.lacks.length === 0 || this.#clock.monotonic() >= deadline) return this.#conclude(thought);
      this.#quotas.ask(thought.lacks);
      this.#report();
      await this.#quotas.waiting.next(deadline);
    }
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

  #think(
    { claims, key }: VerifiedCaller,
    tool: string,
    args: unknown,
    definition: string | undefined,
    score?: number,
  ): CalledFor {
    const { state, ...moment } = this.#standing.present();
    const asked: Call = { claims, key, server: state.slice, tool, definition, arguments: args, ...moment };
    const signals = this.#risk.of(state, asked, score);
    const call = signals ? { ...asked, signals } : asked;
    return { state, call, ...thinkThrough(state, call, this.#quotas) };
  }

  /** A call that is refused before policies are asked, or whatever they say, needs no score. */
  #isScoreWanted({ state, call, decision }: CalledFor): boolean {
    if (!this.#risk.isScored(state, call)) return false;
    const reason = decision.reason ?? decision.observed?.reason;
    return reason === undefined || reason === 'quota' || byPolicies.has(reason);
  }

  /** Charges, records and lets in, in the very turn in which it was decided: nobody else spends what was left. */
  #conclude({ state, call, decision: thought }: CalledFor): GuardedCall | Denial {
    const id = randomUUID();
    const isWhole = auditLevelOf(thought.obligations) === 'full';
    const intent = isWhole || !isReadOnly(state, call.tool);
    const record = isWhole ? this.inFlight.records.begin(id, call.arguments) : undefined;
    const decision = this.#recordable(thought, intent, record);
    this.#risk.decided(state, call);
    this.#recorder.decision(id, call, decision, state);
    this.#recordings.add(id, state, call);
    if (decision.outcome === 'allow') {
      const taken = decision.charges.length === 0 ? undefined : this.#quotas.take(decision.charges);
      return this.inFlight.admit(id, call, decision, { intent, taken, record: begun(record) });
    }
    begun(record)?.end();
    const isSecret = decision.reason === 'definition_changed' && !mayKnowOf(state, call);
    return denialOf(decision, id, decision.outcome, isSecret);
  }

  #recordable(decision: Decision, needsIntent: boolean, record: CallRecord | NoRecord | undefined): Decision {
    if (decision.outcome !== 'allow') return decision;
    const { obligations, revision } = decision;
    if (obligations.length > 0 && !this.inFlight.owed.of(obligations)) return unfulfillable(revision);
    if (record && 'why' in record) return unrecorded(revision, record.why);
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

/** What came of asking the scorer, once it was asked. */
interface Scored {
  readonly score: number | undefined;
}
/** Causes behind which a policy may still have its say, or has had it without a score. */
const byPolicies: ReadonlySet<string> = new Set(['policy', 'policy_error', 'approval_required']);

type CalledFor = Thought & { readonly state: State; readonly call: Call };
function begun(record: CallRecord | NoRecord | undefined): CallRecord | undefined {
  return record && !('why' in record) ? record : undefined;
}

/** Only a tool that is classed `read` and nothing else runs without an intent on disk. */
function isReadOnly(state: State, tool: string): boolean {
  return state.tools.get(tool)?.classes.every((name) => name === 'read') ?? false;
}
