import { decide, lastLook, stillAllowed, type Call, type Decision, type State } from '@portcullis/policy';
import type { Clock } from './clock.js';
import { denialOf, unrecorded } from './denial.js';
import type { Taken } from './quota/quota-ledger.js';
import type { Recorder } from './recorder.js';
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

  constructor(present: () => Present, recorder: Recorder, clock: Clock) {
    this.#present = present;
    this.recorder = recorder;
    this.clock = clock;
  }

  get count(): number {
    return this.#running.size;
  }

  /** Takes in an allowed call, and what it took out of its quotas. */
  admit(id: string, call: Call, decision: Decision, needsIntent: boolean, taken?: Taken): GuardedCall {
    const running = new RunningCall(this, id, call, decision, needsIntent, taken);
    this.#running.set(id, running);
    return running;
  }

  /** Asks again whether each call may go on, and aborts those that may not. */
  examine(): void {
    if (this.#running.size === 0) return;
    const { state, ...moment } = this.#present();
    for (const running of this.#running.values()) {
      const call = { ...running.call, ...moment };
      if (!stillAllowed(state, call)) running.abort(decide(state, call));
    }
  }

  /** Posture and stops alone; the decision that stands against the call, if any. */
  look(call: Call): Decision | undefined {
    const { state, ...moment } = this.#present();
    return lastLook(state, { ...call, ...moment });
  }

  forget(id: string): void {
    this.#running.delete(id);
  }
}

class RunningCall implements GuardedCall {
  readonly #inFlight: InFlight;
  readonly #needsIntent: boolean;
  readonly #taken: Taken | undefined;
  readonly #controller = new AbortController();
  readonly #since: number;
  #denial: Denial | undefined;
  #cause: Decision | undefined;
  #hasStarted = false;
  #isOver = false;

  constructor(
    inFlight: InFlight,
    readonly decisionId: string,
    readonly call: Call,
    readonly decision: Decision,
    needsIntent: boolean,
    taken: Taken | undefined,
  ) {
    this.#inFlight = inFlight;
    this.#needsIntent = needsIntent;
    this.#taken = taken;
    this.#since = inFlight.clock.monotonic();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  async start(): Promise<Denial | undefined> {
    if (!this.#denial && (this.#needsIntent || this.#taken)) {
      try {
        await Promise.all([
          this.#needsIntent && this.#inFlight.recorder.intent(this.decisionId),
          this.#taken?.durable(),
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

  release(result: 'ok' | 'error'): Denial | undefined {
    if (this.#isOver || (this.#denial && !this.#hasStarted)) return this.#denial;
    this.#isOver = true;
    this.#taken?.giveBack();
    const against = this.#cause ?? this.#inFlight.look(this.call);
    if (against) {
      this.#denial ??= denialOf(against, this.decisionId, 'aborted');
      this.#record('already-done', against);
    } else {
      this.#record(result, this.decision);
    }
    this.#inFlight.forget(this.decisionId);
    return this.#denial;
  }

  /** Takes the call's right away: recorded first, then its work is told. */
  abort(cause: Decision): void {
    this.#stop(cause, 'aborted');
  }

  #stop(cause: Decision, outcome: 'deny' | 'aborted'): void {
    if (this.#denial || this.#isOver) return;
    this.#cause = cause;
    this.#denial = denialOf(cause, this.decisionId, outcome);
    this.#record('aborted', cause);
    this.#taken?.giveBack();
    this.#inFlight.forget(this.decisionId);
    this.#controller.abort(this.#denial);
  }

  #record(result: 'ok' | 'error' | 'aborted' | 'already-done', { revision, reason, rule }: Decision): void {
    const durationMs = Math.round((this.#inFlight.clock.monotonic() - this.#since) * 1000) / 1000;
    this.#inFlight.recorder.outcome({ decision: this.decisionId, result, revision, reason, rule, durationMs });
  }
}
