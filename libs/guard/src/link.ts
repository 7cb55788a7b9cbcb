import type { EnvelopePayload, Report, ReportAnswer, SignedText } from '@portcullis/contracts';
import type { Engines } from '@portcullis/policy';
import type { Clock } from './clock.js';
import { Follower } from './follower.js';
import { goesBack, HeldSlice, isNamed } from './held-slice.js';
import type { HighWater, HighWaterMark } from './high-water.js';
import type { Identity } from './identity.js';
import type { HeldKeySet } from './key-set.js';
import type { Moment } from './lease.js';
import type { Log } from './log.js';
import type { OwnKey } from './own-key.js';
import type { ControlPlane } from './post.js';
import type { QuotaLedger } from './quota/quota-ledger.js';
import { Reporter, type ReportedStanding } from './reporter.js';
import type { SliceView } from './slice-view.js';
import type { Recordings } from './recordings.js';
import type { FullRecords } from './records/full-records.js';
import type { Spool } from './spool.js';
import type { Standing } from './standing.js';

const behindAtMostMs = 2000;

/** What a link to the control plane is made of. */
export interface LinkOptions {
  readonly controlPlane: ControlPlane;
  readonly identity: Identity;
  readonly keySet: HeldKeySet;
  readonly key: OwnKey;
  readonly boot: string;
  readonly previousBoot: Report['previousBoot'];
  readonly spool: Spool;
  readonly recordings: Recordings;
  readonly records: FullRecords;
  readonly mark: HighWaterMark;
  readonly standing: Standing;
  readonly clock: Clock;
  readonly engines: Engines;
  readonly inFlight: () => number;
  readonly quotas: QuotaLedger;
  readonly keepKeySet: (keySet: SignedText) => void;
  /** After every swap, every answer and every newer key set. */
  readonly onMoved: (wasSwapped: boolean) => void;
  readonly onSilence: () => void;
  readonly onCut: (why: string) => void;
  readonly log: Log;
}

/** The two ways to the control plane, feed down and reports up, and what the one has to know of the other. */
export class Link {
  readonly #options: LinkOptions;
  readonly #follower: Follower;
  readonly reporter: Reporter;
  #behindSince: number | undefined;
  #floorAtSending: HighWater | undefined;

  constructor(options: LinkOptions) {
    this.#options = options;
    const { controlPlane, identity, boot, key, keySet, spool, clock, standing, previousBoot, log } = options;
    const shared = { guard: identity.guard, boot, key, clock, log, onCut: (why: string) => this.#cut(why) };
    this.#follower = new Follower({
      ...shared,
      address: controlPlane.feedAddress,
      slice: new HeldSlice(identity.server, options.engines),
      feedKey: (kid) => keySet.feedKey(kid, standing.controlTime.now() ?? 0),
      floor: () => this.#floor(),
      named: () => keySet.current.generation,
      controlTime: () => standing.controlTime.now(),
      onView: (view, envelope) => this.#swap(view, envelope),
      onUnreadable: () => this.reporter.nudge(),
    });
    this.reporter = new Reporter({
      ...shared,
      controlPlane,
      previousBoot,
      spool,
      recordings: options.recordings,
      records: options.records,
      standing: () => this.#reported(),
      keys: { feedKey: (kid, at) => keySet.feedKey(kid, at), offer: (text) => this.#offerKeySet(text) },
      moment: () => this.#sending(),
      onAnswer: (answer, sent) => this.#answered(answer, sent),
      onSilence: options.onSilence,
    });
  }

  /** Stops following; reports go on until the reporter is closed. */
  stopFollowing(): void {
    this.#follower.stop();
  }

  #swap(view: SliceView, { generation, through, kind, entries }: EnvelopePayload): void {
    const { standing, mark, onMoved } = this.#options;
    standing.swap(view);
    onMoved(true);
    mark.raise({ generation, revision: through });
    if (kind === 'snapshot' || entries.length > 0) this.reporter.kick();
  }

  /** A frame may overtake an answer, so a head is judged by where this guard stood when it asked. */
  #sending(): Moment {
    this.#floorAtSending = this.#floor();
    return this.#options.standing.lease.moment();
  }

  #answered(answer: ReportAnswer, sent: Moment): void {
    const { standing, keySet, quotas, onMoved, log } = this.#options;
    const isKnown = isNamed(answer.generation, keySet.current.generation);
    const back = isKnown
      ? goesBack(answer.generation, answer.head, this.#floorAtSending)
      : 'no key set names its generation';
    if (back) {
      log({ level: 'error', what: 'answer_refused', why: back });
      return;
    }
    standing.controlTime.answered(sent, answer.controlTime);
    const { leaseMs, reportEveryMs, head } = answer;
    standing.lease.offer({ sent, generation: answer.generation.id, head, leaseMs, reportEveryMs });
    onMoved(false);
    quotas.answered(answer.quotas ?? []);
    this.#follow(answer);
  }

  /** A head that is not here after two seconds was lost on the way: the feed is opened anew. */
  #follow({ generation, head }: ReportAnswer): void {
    if (!this.#follower.isFollowing) {
      this.#follower.start();
      return;
    }
    const view = this.#options.standing.view;
    const now = this.#options.clock.monotonic();
    const isBehind = view?.generation.id !== generation.id || view.revision < head;
    this.#behindSince = isBehind ? (this.#behindSince ?? now) : undefined;
    if (this.#behindSince === undefined || now - this.#behindSince < behindAtMostMs) return;
    this.#behindSince = now;
    this.#options.log({ level: 'warn', what: 'resync', why: 'the feed did not bring the head' });
    this.#follower.resync(true);
  }

  /** The lowest point this guard may stand at: where it has been, or the start of the generation the root key names. */
  #floor(): HighWater | undefined {
    const mark = this.#options.mark.current;
    const { generation } = this.#options.keySet.current;
    return mark && mark.generation.number >= generation.number
      ? mark
      : { generation, revision: 0 as HighWater['revision'] };
  }

  #reported(): ReportedStanding {
    const { standing, keySet, inFlight, quotas } = this.#options;
    const { view, posture } = standing;
    return {
      holds: view ? { generation: view.generation.id, revision: view.revision, digest: view.digest } : null,
      keySet: keySet.current.number,
      posture,
      inFlight: inFlight(),
      quotas: quotas.lines(),
    };
  }

  #offerKeySet(text: SignedText): void {
    const { keySet, keepKeySet, onMoved, log } = this.#options;
    const before = keySet.current.generation;
    if (!keySet.offer(text)) return;
    keepKeySet(text);
    log({ level: 'info', what: 'key_set', number: keySet.current.number });
    onMoved(true);
    this.reporter.kick();
    if (!isNamed(before, keySet.current.generation)) this.#follower.resync(true);
  }

  #cut(why: string): void {
    this.#follower.stop();
    this.reporter.stop();
    this.#options.onCut(why);
  }
}
