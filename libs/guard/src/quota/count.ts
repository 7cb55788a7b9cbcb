import { limitOf, type Quota } from '@portcullis/policy';
import type { QuotaAnswer, QuotaLine } from '@portcullis/contracts';

/** What is kept of a count over a restart: totals of one window at this guard. */
export interface KeptCount {
  readonly bucket: string;
  readonly from: number;
  readonly until: number;
  readonly spent: number;
  readonly handed: number;
  readonly returned: number;
}

/** What calls lack that wait: the first of them `need`, each of the others `step`. */
export type Ask = NonNullable<QuotaLine['ask']>;

const most = 1000;
/** A share is asked for some calls ahead, so that not each of them has to wait. */
const ahead = 4;

/**
 * What this guard has counted in one bucket and window. A call that was decided and has not started holds a part in reserve:
 * reported is only what started, so that the reported total never goes down.
 */
export class Count {
  readonly bucket: string;
  readonly from: number;
  readonly until: number;
  ask: Ask | undefined;
  /** When it was last spent from, or a share arrived, on the monotonic clock. */
  usedAt: number;
  #spent: number;
  #reserved = 0;
  #handed: number;
  #returned: number;
  /** What of `#returned` is on disk, and may therefore be told. */
  #given: number;
  #others = 0;
  #told = { spent: 0, given: 0 };
  /** What the last ask that brought nothing was for, and until when it is not asked again. */
  #unmet: { readonly need: number; readonly until: number } | undefined;

  constructor({ bucket, from, until, spent, handed, returned }: KeptCount, now: number) {
    this.bucket = bucket;
    this.from = from;
    this.until = until;
    this.usedAt = now;
    this.#spent = spent;
    this.#handed = handed;
    this.#returned = returned;
    this.#given = returned;
  }

  get #used(): number {
    return this.#spent + this.#reserved;
  }

  /** What is in hand and neither spent nor reserved. */
  get inHand(): number {
    return Math.max(0, this.#handed - this.#returned - this.#used);
  }

  /** Whether this guard holds, or held, a share of it. */
  get isShared(): boolean {
    return this.#handed > 0;
  }

  /** Whether the control plane does not know all of it yet. */
  get isUntold(): boolean {
    return this.ask !== undefined || this.#spent !== this.#told.spent || this.#given !== this.#told.given;
  }

  /** Of an amount only what was handed to this guard is left, of calls what nobody is known to have made. */
  left(quota: Quota): number {
    const limit = limitOf(quota);
    const room = quota.amount ? Math.min(limit, this.#handed - this.#returned) : limit - this.#others;
    return room - this.#used;
  }

  reserve(units: number, now: number): void {
    this.#reserved += units;
    this.usedAt = now;
  }

  release(units: number): void {
    this.#reserved -= units;
  }

  spend(units: number): void {
    this.#reserved -= units;
    this.#spent += units;
  }

  /** Whether more may come for a call that costs `units` of a quota with this limit. */
  mayGet(units: number, limit: number, now: number): boolean {
    const need = units - this.inHand;
    const isUnmet = this.#unmet !== undefined && now < this.#unmet.until && need >= this.#unmet.need;
    return need > 0 && this.#used + units <= limit && !isUnmet;
  }

  /** Adds a waiting call to what is asked for; the one that needs least goes first. */
  askFor(units: number): void {
    const need = Math.max(1, units - this.inHand);
    const { ask } = this;
    const first = ask && ask.need <= need ? ask : { need, step: units };
    this.ask = { need: first.need, step: first.step, times: Math.min(ask ? ask.times + 1 : ahead, most) };
  }

  /** Gives back what is in hand. It is told once `givenBack` says that it is on disk. Says whether there was any. */
  giveBack(): boolean {
    const { inHand } = this;
    this.#returned += inHand;
    return inHand > 0;
  }

  givenBack(returned: number): void {
    this.#given = Math.max(this.#given, returned);
  }

  /** What of it goes to disk: what is in reserve may run before the next line does, so it counts as spent. */
  get kept(): KeptCount {
    const { bucket, from, until } = this;
    return { bucket, from, until, spent: this.#used, handed: this.#handed, returned: this.#returned };
  }

  get line(): QuotaLine {
    const { bucket, from, ask } = this;
    const counted = { spent: this.#spent, handed: this.#handed, returned: this.#given };
    return { bucket, from, ...counted, ...(ask && { ask }) };
  }

  /** Takes the answer to a line; without one nothing is known of the bucket there. Says whether a share came. */
  answered(line: QuotaLine, answer: QuotaAnswer | undefined, now: number, againAfterMs: number): boolean {
    const hasCome = answer !== undefined && answer.handed > this.#handed;
    this.#told = { spent: line.spent, given: line.returned };
    this.#others = answer?.others ?? this.#others;
    if (line.ask && !hasCome) this.#unmet = { need: line.ask.need, until: now + againAfterMs };
    if (line.ask === this.ask) this.ask = undefined;
    if (!hasCome) return false;
    this.#handed = answer.handed;
    this.#unmet = undefined;
    this.usedAt = now;
    return true;
  }
}
