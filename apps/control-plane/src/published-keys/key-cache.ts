import type { Log } from '../platform/log.js';
import { keySetReason } from './key-set-refusal.js';

/** Milliseconds, each per source. */
export const keyCacheTimes = {
  /** So long a set is taken as it was read. */
  freshFor: 5 * 60_000,
  /** So long the last good set serves while its source cannot be read. */
  lastGoodFor: 60 * 60_000,
  /** Not more often a failed source is asked again, or any source because a key is missing. */
  betweenTries: 30_000,
} as const;
const mostSources = 1000;

interface Entry<Keys> {
  keys: Keys | undefined;
  readAt: number;
  failedAt: number;
  wantedAt: number;
  flight: Promise<void> | undefined;
}

/** Where keys come from: a name that is unique to the source, and the way to read it. */
export interface KeySource<Keys> {
  readonly name: string;
  read(): Promise<Keys>;
}

/** Keys that others publish, read when they are needed and not more often. However many ask, one read is under way per source. */
export class KeyCache<Keys> {
  private readonly entries = new Map<string, Entry<Keys>>();

  constructor(
    private readonly log: Log,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** `undefined` where the source was never read, or not for an hour. */
  async keysOf(source: KeySource<Keys>): Promise<Keys | undefined> {
    const entry = this.#entryOf(source.name);
    const isFresh = entry.keys !== undefined && this.now() - entry.readAt < keyCacheTimes.freshFor;
    if (!isFresh && (entry.flight || this.now() - entry.failedAt >= keyCacheTimes.betweenTries))
      await this.#read(source, entry);
    return this.#lastGood(entry);
  }

  /** The same when a key is missing: read again, at most every 30 seconds. */
  async newerKeysOf(source: KeySource<Keys>): Promise<Keys | undefined> {
    const entry = this.#entryOf(source.name);
    if (entry.flight || this.now() - entry.wantedAt >= keyCacheTimes.betweenTries) {
      if (!entry.flight) entry.wantedAt = this.now();
      await this.#read(source, entry);
    }
    return this.#lastGood(entry);
  }

  #lastGood({ keys, readAt }: Entry<Keys>): Keys | undefined {
    return this.now() - readAt < keyCacheTimes.lastGoodFor ? keys : undefined;
  }

  #entryOf(name: string): Entry<Keys> {
    const known = this.entries.get(name);
    this.entries.delete(name);
    const [oldest] = this.entries.keys();
    if (oldest !== undefined && this.entries.size >= mostSources) this.entries.delete(oldest);
    const never = Number.NEGATIVE_INFINITY;
    const entry = known ?? { keys: undefined, readAt: never, failedAt: never, wantedAt: never, flight: undefined };
    this.entries.set(name, entry);
    return entry;
  }

  #read(source: KeySource<Keys>, entry: Entry<Keys>): Promise<void> {
    entry.flight ??= this.#readNow(source, entry).finally(() => (entry.flight = undefined));
    return entry.flight;
  }

  async #readNow({ name, read }: KeySource<Keys>, entry: Entry<Keys>): Promise<void> {
    const startedAt = this.now();
    try {
      entry.keys = await read();
      entry.readAt = startedAt;
      entry.failedAt = Number.NEGATIVE_INFINITY;
    } catch (error) {
      entry.failedAt = this.now();
      this.log.warn({ source: name, why: keySetReason(error) }, 'published keys could not be read');
    }
  }
}
