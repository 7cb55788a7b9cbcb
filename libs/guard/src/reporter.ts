import { randomBytes } from 'node:crypto';
import { domains, protocolVersion, type Report, type ReportAnswer } from '@portcullis/contracts';
import { signText } from '@portcullis/contracts/signed';
import type { Clock } from './clock.js';
import type { Moment } from './lease.js';
import type { Log } from './log.js';
import { openAnswer, type AnswerKeys } from './open-answer.js';
import type { OwnKey } from './own-key.js';
import type { ControlPlane, PostAnswer } from './post.js';
import { expectedBatchOf, problemCodeOf } from './problem.js';
import type { Recordings } from './recordings.js';
import type { FullRecords } from './records/full-records.js';
import { Turns } from './records/turns.js';
import type { Spool } from './spool.js';

/** What a report says about this moment. */
export type ReportedStanding = Pick<Report, 'holds' | 'keySet' | 'posture' | 'inFlight' | 'quotas'>;

/** What a reporter needs to report. */
export interface ReporterOptions {
  readonly controlPlane: ControlPlane;
  readonly guard: string;
  readonly boot: string;
  readonly key: OwnKey;
  readonly previousBoot: Report['previousBoot'];
  readonly spool: Spool;
  readonly recordings: Recordings;
  readonly records: FullRecords;
  readonly clock: Clock;
  readonly standing: () => ReportedStanding;
  readonly keys: AnswerKeys;
  /** All clocks, right before a report is sent: the lease runs from here. */
  readonly moment: () => Moment;
  readonly onAnswer: (answer: ReportAnswer, sent: Moment) => void;
  /** There was no answer, or none that could be used. */
  readonly onSilence: () => void;
  /** The control plane says this guard is none of its own, or speaks another protocol. */
  readonly onCut: (why: string) => void;
  readonly log: Log;
}

const defaultEveryMs = 3000;
const eventsWithinMs = 500;
const soonMs = 50;

/** Sends reports: at once when asked, soon when there is something to tell, else every interval; never two at a time. */
export class Reporter {
  readonly #options: ReporterOptions;
  #everyMs = defaultEveryMs;
  #sending: Promise<void> | undefined;
  #isDue = false;
  #isStopped = false;
  #cancel: (() => void) | undefined;
  #soon: (() => void) | undefined;
  #lastSent = Number.NEGATIVE_INFINITY;
  #hasAnswer = false;
  #isRecordLost = false;
  readonly #turns = new Turns();

  constructor(options: ReporterOptions) {
    this.#options = options;
  }

  /** Reports at once; while one is under way, right after it. */
  kick(): void {
    if (this.#isStopped) return;
    if (this.#sending) {
      this.#isDue = true;
      return;
    }
    this.#cancelTimers();
    this.#sending = this.#send().finally(() => this.#sent());
  }

  /** Reports soon: there are new events, and people may be watching. */
  nudge(): void {
    if (this.#isStopped || this.#soon) return;
    const { clock } = this.#options;
    const delay = Math.max(soonMs, this.#lastSent + eventsWithinMs - clock.monotonic());
    this.#soon = clock.after(delay, () => {
      this.#soon = undefined;
      this.kick();
    });
  }

  /** Sends until everything recorded is confirmed or `withinMs` have passed, then stops. */
  async close(withinMs: number): Promise<void> {
    const until = this.#options.clock.monotonic() + withinMs;
    await this.#before(until, this.#sending);
    while (!this.#isStopped && this.#untold > 0 && this.#options.clock.monotonic() < until) {
      const before = this.#untold;
      this.kick();
      await this.#before(until, this.#sending);
      if (this.#untold >= before) break;
    }
    this.stop();
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancelTimers();
  }

  get #untold(): number {
    return this.#options.spool.unconfirmed + this.#options.records.waiting;
  }

  async #before(until: number, work: Promise<void> | undefined): Promise<void> {
    if (!work) return;
    let cancel: (() => void) | undefined;
    const timeUp = new Promise<void>((resolve) => {
      cancel = this.#options.clock.after(Math.max(0, until - this.#options.clock.monotonic()), resolve);
    });
    await Promise.race([work, timeUp]);
    cancel?.();
  }

  async #send(): Promise<void> {
    const { controlPlane, key, log } = this.#options;
    this.#isDue = false;
    const nonce = randomBytes(16).toString('base64url');
    const report = this.#report(nonce);
    const text = signText(domains.report, JSON.stringify(report), key.privateKey);
    const sent = this.#options.moment();
    this.#lastSent = sent.monotonic;
    try {
      this.#take(await controlPlane.post('v1/report', text), report, sent);
    } catch (error) {
      log({ level: 'warn', what: 'report_unanswered', why: error instanceof Error ? error.message : 'unknown' });
      this.#options.onSilence();
    }
  }

  #report(nonce: string): Report {
    const { guard, boot, previousBoot, spool, recordings, records, standing } = this.#options;
    const asked = recordings.next();
    const batch = this.#isRecordLost ? null : spool.nextBatch();
    const turn = this.#turns.next(batch, records.waiting);
    const whole = turn === 'batch' ? [] : records.next();
    return {
      v: protocolVersion,
      guard,
      boot,
      nonce,
      ...standing(),
      previousBoot: this.#hasAnswer ? null : previousBoot,
      batch: turn === 'records' ? null : batch,
      ...(asked.length === 0 ? {} : { recordings: [...asked] }),
      ...(whole.length === 0 ? {} : { records: [...whole] }),
    };
  }

  #take(answer: PostAnswer, { nonce, recordings: told = [], records: whole = [] }: Report, sent: Moment): void {
    if (this.#isStopped) return;
    if (answer.status !== 200) {
      this.#refused(answer);
      return;
    }
    const { guard, boot, keys, spool, recordings, records, onAnswer, log } = this.#options;
    const opened = openAnswer(answer.body, { guard, boot, nonce }, keys);
    if (!opened) {
      log({ level: 'error', what: 'answer_refused', why: 'it is not signed for this report' });
      return;
    }
    this.#hasAnswer = true;
    this.#everyMs = opened.reportEveryMs;
    spool.acknowledge(opened.durable);
    recordings.taken(told);
    if (opened.recordsKept) records.taken(whole);
    onAnswer(opened, sent);
    const hasRecords = records.waiting > 0 && (opened.recordsKept || whole.length === 0);
    if (hasRecords || (spool.unconfirmed > 0 && !this.#isRecordLost)) this.nudge();
  }

  #refused(answer: PostAnswer): void {
    const { spool, onCut, onSilence, log } = this.#options;
    onSilence();
    const code = problemCodeOf(answer);
    log({ level: 'error', what: 'report_refused', code, status: answer.status });
    if (code === 'guard_refused' || code === 'guard_outdated') onCut(code);
    if (code === 'batch_gap') {
      this.#isRecordLost = !spool.rewind(expectedBatchOf(answer) ?? 0);
      this.#isDue = !this.#isRecordLost;
    }
    if (code === 'batch_conflict') this.#isRecordLost = true;
    if (this.#isRecordLost)
      log({ level: 'error', what: 'batches_lost', why: 'the control plane no longer has what it confirmed' });
  }

  #sent(): void {
    this.#sending = undefined;
    if (this.#isStopped) return;
    if (this.#isDue) {
      this.kick();
      return;
    }
    this.#cancel?.();
    const delay = this.#everyMs * (0.7 + Math.random() * 0.25);
    this.#cancel = this.#options.clock.after(delay, () => this.kick());
  }

  #cancelTimers(): void {
    this.#cancel?.();
    this.#soon?.();
    this.#cancel = undefined;
    this.#soon = undefined;
  }
}
