import type { JoinToken } from '@portcullis/contracts';
import type { Engines } from '@portcullis/policy';
import { previousBoot, type Boot } from './boot-record.js';
import type { Clock } from './clock.js';
import { enrol } from './enrol.js';
import { isGuardError } from './guard-error.js';
import type { HighWaterMark } from './high-water.js';
import { writeKeySet, type Identity } from './identity.js';
import { HeldKeySet } from './key-set.js';
import { tickMs } from './lease.js';
import type { Leftover } from './leftover-spool.js';
import { Link } from './link.js';
import { LiveGuard } from './live-guard.js';
import type { Log } from './log.js';
import type { OwnKey } from './own-key.js';
import type { ControlPlane } from './post.js';
import { QuotaLedger } from './quota/quota-ledger.js';
import { Recorder } from './recorder.js';
import { Recordings } from './recordings.js';
import type { Risk } from './signals/risk.js';
import type { FullRecords } from './records/full-records.js';
import type { Spool } from './spool.js';
import { Standing } from './standing.js';
import type { StateFolder } from './state-folder.js';
import { TokenVerifier } from './verify-token.js';

const readyWithinMs = 2000;
const enrolAgainWithinMs = 3000;
const closeWithinMs = 2000;

/** What a guard is put together from. */
export interface RuntimeParts {
  readonly folder: StateFolder;
  readonly key: OwnKey;
  readonly mark: HighWaterMark;
  readonly boot: Boot;
  readonly spool: Spool;
  readonly leftovers: readonly Leftover[];
  readonly records: FullRecords;
  readonly controlPlane: ControlPlane;
  readonly clock: Clock;
  readonly engines: Engines;
  readonly risk: Risk;
  readonly log: Log;
}

/** A guard's parts at work: enrolment, the link, the clock's tick, and the way to end them all. */
export class Runtime {
  readonly guard: LiveGuard;
  readonly #parts: RuntimeParts;
  readonly #standing: Standing;
  readonly #quotas: QuotaLedger;
  readonly #recordings = new Recordings();
  readonly #cancelTick: () => void;
  #cancelEnrolment: (() => void) | undefined;
  #link: Link | undefined;
  #closing: Promise<void> | undefined;
  #settled: () => void = () => undefined;

  constructor(parts: RuntimeParts) {
    const { clock, spool, engines, risk, log, folder, records } = parts;
    const standing = new Standing(clock);
    const now = () => standing.controlTime.now() ?? Math.floor(clock.wall());
    const recorder = new Recorder(spool, now, () => this.#link?.reporter.nudge());
    this.#parts = parts;
    this.#standing = standing;
    const quotas = new QuotaLedger(folder, clock, () => standing.controlTime.now());
    this.#quotas = quotas;
    const report = () => this.#link?.reporter.kick();
    this.guard = new LiveGuard({
      ...{ standing, recorder, spool, records, quotas, report, clock, engines, risk, log },
      recordings: this.#recordings,
    });
    this.guard.onClose(() => this.close());
    this.#cancelTick = clock.every(tickMs, () => this.#tick());
  }

  /** Enrols, and connects when that worked; without an answer it goes on trying behind the host's back. */
  async join(token: JoinToken): Promise<void> {
    const { folder, key, boot, controlPlane, log } = this.#parts;
    const identity = await enrol({ folder, key, boot: boot.id, token, controlPlane });
    if (this.#closing) return;
    if (identity) return this.connect(identity);
    log({ level: 'warn', what: 'enrolment_unanswered' });
    this.#joinLater(token);
  }

  /** Links to the control plane and waits, for a bounded time, until the guard is fresh. */
  connect(identity: Identity): Promise<void> {
    const { folder, boot, leftovers, log } = this.#parts;
    const keySet = new HeldKeySet(identity.rootKey, identity.keySet);
    const standing = this.#standing;
    standing.belongsTo(identity.server, keySet);
    const verifier = new TokenVerifier(keySet, identity.resource, () => standing.controlTime.now());
    this.guard.join({ verifier, issuer: () => keySet.current.issuer });
    this.#link = new Link({
      ...this.#parts,
      recordings: this.#recordings,
      identity,
      keySet,
      boot: boot.id,
      previousBoot: previousBoot(boot, leftovers),
      standing,
      inFlight: () => this.guard.inFlight.count,
      quotas: this.#quotas,
      keepKeySet: (text) => writeKeySet(folder, text),
      onMoved: (wasSwapped) => this.#moved(wasSwapped),
      onSilence: () => this.#settled(),
      onCut: (why) => {
        log({ level: 'error', what: 'cut_off', why });
        this.#cut();
      },
    });
    this.#link.reporter.kick();
    return this.#ready();
  }

  /** Refuses everything from now on, tells what can be told within two seconds, and stops. */
  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #end(): Promise<void> {
    const { spool, mark, controlPlane } = this.#parts;
    this.#cancelTick();
    this.#cancelEnrolment?.();
    this.#link?.stopFollowing();
    this.#cut();
    await this.#link?.reporter.close(closeWithinMs);
    await spool.close();
    await this.#quotas.close();
    await mark.written();
    controlPlane.close();
  }

  #joinLater(token: JoinToken): void {
    const { clock, log } = this.#parts;
    this.#cancelEnrolment = clock.after(Math.random() * enrolAgainWithinMs, () => {
      this.join(token).catch((error: unknown) => {
        log({ level: 'error', what: 'enrolment_failed', code: isGuardError(error) ? error.code : 'unknown' });
      });
    });
  }

  #ready(): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#parts.clock.after(readyWithinMs, () => this.#settled());
      this.#settled = () => {
        cancel();
        resolve();
      };
    });
  }

  #tick(): void {
    if (this.#standing.lease.tick()) {
      this.#parts.log({
        level: 'warn',
        what: 'lease_voided',
        why: 'this process did not run for a whole report interval',
      });
      this.#link?.reporter.kick();
    }
    this.#moved(false);
  }

  #moved(wasSwapped: boolean): void {
    this.guard.moved(wasSwapped);
    if (this.guard.posture === 'fresh') this.#settled();
  }

  #cut(): void {
    this.#standing.cut();
    this.#moved(false);
    this.#settled();
  }
}
