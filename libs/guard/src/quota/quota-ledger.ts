import { quotaLimits, type QuotaAnswer, type QuotaLine } from '@portcullis/contracts';
import { limitOf, type Charge, type Quota } from '@portcullis/policy';
import type { Clock } from '../clock.js';
import type { StateFolder } from '../state-folder.js';
import { CountFile } from './count-file.js';
import { Count, type KeptCount } from './count.js';
import { ShareWait } from './share-wait.js';

/** Counts kept at most; what is new when there are so many is over its quota. */
const mostCounts = 10_000;
/** What is in hand and was not spent from for so long is given back, so that other guards can have it. */
const idleMs = 3000;
/** An ask that brought nothing is not repeated sooner; calls are refused at once meanwhile. */
const againAfterMs = 500;
/** A window that is over is remembered a little longer, for what is still to be told of it. */
const keptAfterMs = 60_000;

/** What an allowed call took out of its quotas, from its decision on. */
export interface Taken {
  /** Resolves when it is on disk; rejects when it cannot be. The call must not run before. */
  durable(): Promise<void>;
  /** The call runs: it stays charged, however it ends. */
  spend(): void;
  /** The call will not run: nothing was taken. Without effect once it ran. */
  giveBack(): void;
}

/** A call that lacks a share: what it costs, of which quota, in which window. */
export interface Lack {
  readonly bucket: string;
  readonly from: number;
  readonly until: number;
  readonly units: number;
  readonly quota: Quota;
}

/** What calls take out of quotas at this guard, and the shares it holds of leased budgets. On disk before it counts as taken. */
export class QuotaLedger {
  readonly waiting: ShareWait;
  readonly #clock: Clock;
  readonly #now: () => number | undefined;
  readonly #file: CountFile;
  readonly #counts = new Map<string, Count>();
  readonly #folder: StateFolder;
  #isLoaded = false;
  #sent: readonly QuotaLine[] = [];

  /** `now` is control time; `undefined` while it is unknown. Throws `state_folder_unusable`. */
  constructor(folder: StateFolder, clock: Clock, now: () => number | undefined) {
    this.#clock = clock;
    this.#now = now;
    this.#folder = folder;
    this.waiting = new ShareWait(clock);
    this.#file = new CountFile(folder, () => [...this.#counts.values()].map((count) => count.kept));
    CountFile.read(folder);
  }

  /** Removes what was counted: the guard begins anew at another control plane. */
  static forget(folder: StateFolder): void {
    CountFile.forget(folder);
  }

  /** How many units of the quota are left in the window that begins at `from`, by what this guard knows. */
  left(bucket: string, quota: Quota, from: number): number {
    const count = this.#counts.get(keyOf(bucket, from));
    if (!this.#isLoaded) return 0;
    if (count) return count.left(quota);
    return quota.amount || this.#counts.size >= mostCounts ? 0 : limitOf(quota);
  }

  /** Takes what an allowed call costs. Decide and take without waiting in between. */
  take(charges: readonly Charge[]): Taken {
    const now = this.#clock.monotonic();
    const parts = charges.map(({ bucket, from, until, units }) => {
      const count = this.#countOf({ bucket, from, until });
      count.reserve(units, now);
      if (count.isShared && count.inHand < units && count.mayGet(units, Infinity, now)) count.askFor(units);
      return { count, units };
    });
    for (const { count } of parts) this.#file.append(count.kept);
    return new TakenParts(parts, this.#file);
  }

  /** Whether asking the control plane may bring what the call lacks. */
  mayGet({ bucket, from, quota, units }: Lack): boolean {
    if (!this.#isLoaded || !quota.amount || units > limitOf(quota) || this.waiting.isFull) return false;
    const count = this.#counts.get(keyOf(bucket, from));
    return count ? count.mayGet(units, limitOf(quota), this.#clock.monotonic()) : this.#counts.size < mostCounts;
  }

  /** Puts what a call lacks into the next report. */
  ask(lacks: readonly Lack[]): void {
    for (const lack of lacks) this.#countOf(lack).askFor(lack.units);
  }

  /** What the next report says; `undefined` when there is nothing to say. Call it once for each report, in the order they are sent. */
  lines(): QuotaLine[] | undefined {
    if (this.#counts.size === 0) return undefined;
    this.#forgetEnded();
    this.#giveBackIdle();
    const untold = [...this.#counts.values()].filter((count) => count.isUntold);
    const first = untold.filter((count) => count.ask !== undefined);
    const lines = [...first, ...untold.filter((count) => count.ask === undefined)]
      .slice(0, quotaLimits.lines)
      .map((count) => count.line);
    this.#sent = lines;
    return lines.length === 0 ? undefined : lines;
  }

  /** Takes the verified answer to the report whose lines were asked for last. */
  answered(answers: readonly QuotaAnswer[]): void {
    this.#load();
    if (this.#sent.length === 0) return;
    const now = this.#clock.monotonic();
    const byKey = new Map(answers.map((answer) => [keyOf(answer.bucket, answer.from), answer]));
    for (const line of this.#sent) {
      const key = keyOf(line.bucket, line.from);
      const count = this.#counts.get(key);
      // The share is forced to disk with the first call that is charged to it, before that call runs (protocol E3).
      if (count?.answered(line, byKey.get(key), now, againAfterMs)) this.#file.append(count.kept);
    }
    this.#sent = [];
    this.waiting.answered();
  }

  /**
   * Takes over what the boots before counted, once the control plane answers this one: an earlier boot that still ran on the same
   * folder has no lease any more by then, so that it spends nothing after this.
   */
  #load(): void {
    if (this.#isLoaded) return;
    for (const kept of CountFile.read(this.#folder)) this.#add(kept);
    this.#isLoaded = true;
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  #countOf({ bucket, from, until }: Pick<Lack, 'bucket' | 'from' | 'until'>): Count {
    return this.#counts.get(keyOf(bucket, from)) ?? this.#add({ bucket, from, until, ...nothing });
  }

  #add(kept: KeptCount): Count {
    const count = new Count(kept, this.#clock.monotonic());
    this.#counts.set(keyOf(kept.bucket, kept.from), count);
    return count;
  }

  #forgetEnded(): void {
    const now = this.#now();
    if (now === undefined) return;
    for (const [key, { until }] of this.#counts) if (until + keptAfterMs < now) this.#counts.delete(key);
  }

  #giveBackIdle(): void {
    const before = this.#clock.monotonic() - idleMs;
    const idle = [...this.#counts.values()].filter((count) => count.usedAt < before && count.giveBack());
    if (idle.length === 0) return;
    const given = idle.map((count) => ({ count, kept: count.kept }));
    for (const { kept } of given) this.#file.append(kept);
    // Only what is on disk is told: a crash must not bring back what another guard spends by then.
    this.#file.durable().then(
      () => given.forEach(({ count, kept }) => count.givenBack(kept.returned)),
      () => undefined,
    );
  }
}

const nothing = { spent: 0, handed: 0, returned: 0 } as const;

function keyOf(bucket: string, from: number): string {
  return `${from} ${bucket}`;
}

type Part = { readonly count: Count; readonly units: number };

class TakenParts implements Taken {
  readonly #parts: readonly Part[];
  readonly #file: CountFile;
  #isOver = false;

  constructor(parts: readonly Part[], file: CountFile) {
    this.#parts = parts;
    this.#file = file;
  }

  durable(): Promise<void> {
    return this.#file.durable();
  }

  spend(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const { count, units } of this.#parts) count.spend(units);
  }

  giveBack(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const { count, units } of this.#parts) {
      count.release(units);
      this.#file.append(count.kept);
    }
  }
}
