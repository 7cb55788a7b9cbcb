import type { Labels } from '@portcullis/boundary';
import type { Obligation } from '@portcullis/contracts';
import { decide, lastLook, type Call, type Decision, type State } from '@portcullis/policy';
import type { Clock } from './clock.js';
import { denialOf, unfulfillable, unfulfilled, unrecorded } from './denial.js';
import { Loss } from './loss.js';
import type { Owed, OwedByGrant } from './owed.js';
import type { Taken } from './quota/quota-ledger.js';
import { auditLevelOf } from './records/audit-level.js';
import type { CallRecord } from './records/call-record.js';
import { sideOf, type FullRecords } from './records/full-records.js';
import { sha256, type Recorder, type ResultNote } from './recorder.js';
import type { Risk } from './signals/risk.js';
import type { Denial, GuardedCall } from './types.js';

/** What a call is examined against at one moment. */
export interface Present {
  readonly state: State;
  readonly posture: Call['posture'];
  readonly staleSeconds: number;
  readonly now: number;
  readonly keys: Call['keys'];
}

/** The calls between their decision and their final result (protocol A5). */
export class InFlight {
  readonly #running = new Map<string, RunningCall>();
  readonly #present: () => Present;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly owed: OwedByGrant;
  readonly records: FullRecords;
  readonly risk: Risk;

  constructor(
    present: () => Present,
    { recorder, clock, owed, records, risk }: Pick<InFlight, 'recorder' | 'clock' | 'owed' | 'records' | 'risk'>,
  ) {
    this.#present = present;
    this.recorder = recorder;
    this.clock = clock;
    this.owed = owed;
    this.records = records;
    this.risk = risk;
  }

  get count(): number {
    return this.#running.size;
  }

  /** Takes in an allowed call, what it took out of its quotas, and the record its grant wants of it. */
  admit(id: string, call: Call, decision: Decision, needs: Needs): GuardedCall {
    const running = new RunningCall(this, id, call, decision, needs);
    this.#running.set(id, running);
    return running;
  }

  /** Asks again whether each call may go on, aborts those that may not, and tells the others what is owed by now. */
  examine(): void {
    if (this.#running.size === 0) return;
    const { state, ...moment } = this.#present();
    for (const running of this.#running.values()) {
      const call = { ...running.call, ...moment };
      const decision = decide(state, { ...call, signals: this.risk.again(state, call) });
      if (decision.outcome === 'allow') running.owe(decision);
      else running.abort(decision);
    }
  }

  /** Posture and stops alone; the decision that stands against the call, if any. */
  look(call: Call): Decision | undefined {
    const { state, ...moment } = this.#present();
    return lastLook(state, { ...call, ...moment });
  }

  /** Makes the labels of what is about to leave labels of its conversation. False: it must not leave. */
  labelled(call: Call, labels: Labels | undefined): boolean {
    return labels === undefined || this.risk.raise(call, labels, this.#present().now);
  }

  /** What of a call's answer may leave, as of now. */
  fulfilled(owed: Owed, call: Call, answer: unknown): ReturnType<Owed['fulfil']> {
    return owed.fulfil(answer, call, this.#present().state);
  }

  forget(id: string): void {
    this.#running.delete(id);
  }
}

/** What an allowed call needs before it runs: an intent on disk, what it took out of its quotas, its arguments on disk. */
export interface Needs {
  readonly intent: boolean;
  readonly taken: Taken | undefined;
  readonly record: CallRecord | undefined;
}

class RunningCall implements GuardedCall {
  readonly #inFlight: InFlight;
  readonly #needsIntent: boolean;
  readonly #taken: Taken | undefined;
  #record: CallRecord | undefined;
  /** The JSON text of what `fulfil` gave last. */
  #left: string | undefined;
  readonly #loss = new Loss();
  readonly #since: number;
  #obligations: readonly Obligation[];
  #owed: Owed | undefined;
  #note: ResultNote | undefined;
  #denial: Denial | undefined;
  #cause: Decision | undefined;
  #hasBegun = false;
  #hasStarted = false;
  #isOver = false;

  constructor(
    inFlight: InFlight,
    readonly decisionId: string,
    readonly call: Call,
    readonly decision: Decision,
    { intent, taken, record }: Needs,
  ) {
    this.#inFlight = inFlight;
    this.#needsIntent = intent;
    this.#taken = taken;
    this.#record = record;
    this.#since = inFlight.clock.monotonic();
    this.#obligations = decision.obligations;
    if (this.#obligations.length > 0) this.#owed = inFlight.owed.of(this.#obligations);
  }

  get mustFulfil(): boolean {
    return this.#owed !== undefined;
  }

  get isFiltered(): boolean {
    return this.#owed?.isFiltering === true;
  }

  get signal(): AbortSignal {
    return this.#loss.signal;
  }

  get isLost(): boolean {
    return this.#loss.hasHappened;
  }

  onLost(act: (denial: Denial) => void): void {
    this.#loss.on(act);
  }

  async start(): Promise<Denial | undefined> {
    this.#hasBegun = true;
    if (!this.#denial && (this.#needsIntent || this.#taken || this.#record)) {
      try {
        await Promise.all([
          this.#needsIntent && this.#inFlight.recorder.intent(this.decisionId),
          this.#taken?.durable(),
          this.#record?.durable(),
        ]);
      } catch {
        this.#stop(unrecorded(this.decision.revision), 'deny');
      }
    }
    const against = this.#denial ? undefined : this.#inFlight.look(this.call);
    if (against) this.abort(against);
    this.#hasStarted = this.#denial === undefined;
    if (this.#hasStarted) this.#taken?.spend();
    return this.#denial;
  }

  mayTell(): boolean {
    if (this.isFiltered) return false;
    return this.#inFlight.labelled(this.call, this.#owed?.labels) && this.#denial === undefined;
  }

  fulfil(answer: unknown): Readonly<Record<string, unknown>> | undefined {
    if (!this.#owed) throw new Error('nothing is owed for this call');
    const { answer: left, withheld, labels } = this.#inFlight.fulfilled(this.#owed, this.call, answer);
    this.#left = left && JSON.stringify(left);
    this.#note = { withheld: withheld ?? undefined, labels, resultHash: this.#left && sha256(this.#left) };
    return left;
  }

  withhold(why: string): void {
    this.#left = undefined;
    this.#note = { withheld: why };
  }

  release(result: 'ok' | 'error'): Denial | undefined {
    if (this.#isOver || (this.#denial && !this.#hasStarted)) return this.#denial;
    this.#isOver = true;
    this.#taken?.giveBack();
    const against = this.#cause ?? this.#inFlight.look(this.call);
    if (against) {
      this.#denial ??= denialOf(against, this.decisionId, 'aborted');
      this.#tell('already-done', against);
    } else {
      if (this.#owed && !this.#note) this.#keepBack('nobody asked what of it may', unfulfilled);
      else if (!this.#isLabelled()) this.#keepBack('its labels cannot be kept', unrecorded);
      if (this.#left !== undefined) this.#record?.left(sideOf(this.decisionId, 'result', this.#left));
      this.#tell(result, this.decision);
    }
    this.#forget();
    return this.#denial;
  }

  /** A grant that gives the call by now may ask more than the one that gave it: both are kept to. */
  owe({ obligations, revision }: Decision): void {
    if (obligations === this.#obligations || obligations.length === 0) return;
    const known = new Set(this.#obligations.map((one) => JSON.stringify(one)));
    const more = obligations.filter((one) => !known.has(JSON.stringify(one)));
    if (more.length === 0) return;
    this.#obligations = [...this.#obligations, ...more];
    this.#owed = this.#inFlight.owed.of(this.#obligations);
    this.#note = undefined;
    this.#left = undefined;
    if (!this.#owed) return this.abort(unfulfillable(revision));
    if (!this.#record && auditLevelOf(this.#obligations) === 'full') this.#recordFromNow(revision);
  }

  /** It runs already: what it was asked is kept now, or it goes on no more. */
  #recordFromNow(revision: number): void {
    const record = this.#inFlight.records.begin(this.decisionId, this.call.arguments);
    if ('why' in record) return this.abort(unrecorded(revision, record.why));
    this.#record = record;
    if (this.#hasBegun) record.durable().catch(() => this.abort(unrecorded(revision)));
  }

  /** What leaves is labelled first; nothing leaves of a result without a hash. */
  #isLabelled(): boolean {
    return this.#note?.resultHash === undefined || this.#inFlight.labelled(this.call, this.#note.labels);
  }

  /** What was not asked about, or cannot be kept account of, cannot leave. */
  #keepBack(why: string, cause: (revision: number) => Decision): void {
    this.#note = { withheld: `the result did not leave: ${why}` };
    this.#left = undefined;
    this.#denial ??= denialOf(cause(this.decision.revision), this.decisionId, 'aborted');
  }

  /** Takes the call's right away: recorded first, then its work is told. */
  abort(cause: Decision): void {
    this.#stop(cause, 'aborted');
  }

  #stop(cause: Decision, outcome: 'deny' | 'aborted'): void {
    if (this.#denial || this.#isOver) return;
    this.#cause = cause;
    this.#denial = denialOf(cause, this.decisionId, outcome);
    this.#tell('aborted', cause);
    this.#taken?.giveBack();
    this.#forget();
    this.#loss.happen(this.#denial);
  }

  #forget(): void {
    this.#record?.end();
    this.#inFlight.forget(this.decisionId);
  }

  #tell(result: 'ok' | 'error' | 'aborted' | 'already-done', { revision, reason, rule }: Decision): void {
    const durationMs = Math.round((this.#inFlight.clock.monotonic() - this.#since) * 1000) / 1000;
    const audit = auditLevelOf(this.#obligations);
    const ending = { decision: this.decisionId, result, revision, reason, rule, durationMs, audit };
    this.#inFlight.recorder.outcome(result === 'ok' || result === 'error' ? { ...ending, ...this.#note } : ending);
  }
}
