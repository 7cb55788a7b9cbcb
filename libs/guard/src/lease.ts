import type { Clock } from './clock.js';

/** The three clocks at one moment, and the epoch of the lease in which it was taken. */
export interface Moment {
  readonly monotonic: number;
  readonly uptime: number;
  readonly wall: number;
  readonly epoch: number;
}

/** What a verified answer to a report offers: a lease, once `head` of that generation is applied. */
export interface LeaseOffer {
  readonly sent: Moment;
  readonly generation: string;
  readonly head: number;
  readonly leaseMs: number;
  readonly reportEveryMs: number;
}

/** How often the boot clock is read and the timer gap measured. */
export const tickMs = 250;
/** A gap is told from an ordinary delay only above a few ticks. */
const shortestGapMs = 4 * tickMs;
const offersKept = 8;

/**
 * How long this guard may act without hearing from the control plane (protocol A1, A4). A lease runs from the moment a report
 * was sent and starts only when the head in its answer is applied. Its age is the largest that any clock gives, and a timer that
 * comes later than one report interval voids it: the process slept, and nothing says for how long.
 */
export class Lease {
  readonly #clock: Clock;
  #epoch = 0;
  #tick: Moment;
  #gapMs = 3000;
  #offers: LeaseOffer[] = [];
  #held: LeaseOffer | undefined;
  #applied: { readonly generation: string; readonly revision: number } | undefined;
  #oldest = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#tick = this.moment();
  }

  /** Reads all three clocks. Take one right before a report is sent. */
  moment(): Moment {
    const { monotonic, uptime, wall } = this.#clock;
    return { monotonic: monotonic(), uptime: uptime(), wall: wall(), epoch: this.#epoch };
  }

  /** The boot clock as it was last read. */
  get uptime(): number {
    return this.#tick.uptime;
  }

  /** To be called every `tickMs`. Says whether the lease was voided by the gap before this tick. */
  tick(): boolean {
    const now = this.moment();
    const gap = Math.max(now.monotonic - this.#tick.monotonic, now.uptime - this.#tick.uptime);
    const isLate = gap > this.#gapMs;
    if (isLate) this.#void();
    this.#tick = { ...now, epoch: this.#epoch };
    return isLate;
  }

  /** Takes a verified answer. An answer to a report that was sent before the lease was voided gives nothing. */
  offer(offer: LeaseOffer): void {
    if (offer.sent.epoch !== this.#epoch) return;
    this.#gapMs = Math.max(offer.reportEveryMs, shortestGapMs);
    this.#offers = [...this.#offers, offer].slice(-offersKept);
    this.#take();
  }

  /** Says what has been applied; the newest offer whose head is reached becomes the lease. */
  applied(generation: string, revision: number): void {
    this.#applied = { generation, revision };
    this.#take();
  }

  /** Milliseconds past the lease's end: negative within it, `undefined` when there is none. */
  overMs(): number | undefined {
    if (this.#clock.monotonic() - this.#tick.monotonic > this.#gapMs) this.#void();
    if (!this.#held) return undefined;
    return this.#age(this.#held.sent) - this.#held.leaseMs;
  }

  #age(sent: Moment): number {
    const age = Math.max(
      this.#clock.monotonic() - sent.monotonic,
      this.#tick.uptime - sent.uptime,
      this.#clock.wall() - sent.wall,
    );
    this.#oldest = Math.max(this.#oldest, age);
    return this.#oldest;
  }

  #take(): void {
    const applied = this.#applied;
    if (!applied) return;
    const reached = this.#offers.filter(
      (offer) => offer.generation === applied.generation && offer.head <= applied.revision,
    );
    const newest = reached.at(-1);
    if (!newest) return;
    this.#held = newest;
    this.#oldest = 0;
    this.#offers = this.#offers.filter((offer) => offer.sent.monotonic > newest.sent.monotonic);
  }

  #void(): void {
    this.#epoch += 1;
    this.#held = undefined;
    this.#offers = [];
  }
}
