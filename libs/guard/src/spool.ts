import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Batch } from '@portcullis/contracts';
import { Batches } from './batches.js';
import type { Clock } from './clock.js';
import { ackLine, readLeftovers, removeLeftovers, type Leftover } from './leftover-spool.js';
import { SpoolFile } from './spool-file.js';
import type { StateFolder } from './state-folder.js';

/** Bounds of the spool, in bytes. */
export interface SpoolBounds {
  /** From here on calls that need an intent are refused. */
  readonly full: number;
  /** From here on every call is refused, and nothing more is kept. */
  readonly closed: number;
}

const defaultBounds: SpoolBounds = { full: 64 * 1024 * 1024, closed: 80 * 1024 * 1024 };
const flushAfterMs = 50;
const clearFrom = 1024 * 1024;

/** What is recorded and not yet confirmed by the control plane: on disk, and in memory for the next report. */
export class Spool {
  readonly #file: SpoolFile;
  readonly #clock: Clock;
  readonly #bounds: SpoolBounds;
  readonly #batches = new Batches();
  #unwritten: string[] = [];
  #unconfirmedBytes = 0;
  #sizes: number[] = [];
  #confirmedEvents = 0;
  #cancelFlush: (() => void) | undefined;
  #syncing: Promise<void> | undefined;
  #nextSync: Promise<void> | undefined;
  #isFailing = false;

  private constructor(file: SpoolFile, clock: Clock, bounds: SpoolBounds) {
    this.#file = file;
    this.#clock = clock;
    this.#bounds = bounds;
  }

  /** Opens this boot's spool and takes over what earlier boots left unsent; their files go once it is on disk. */
  static async open(folder: StateFolder, boot: string, clock: Clock, bounds = defaultBounds): Promise<[Spool, readonly Leftover[]]> {
    const path = join(folder.path, 'spool');
    mkdirSync(path, { recursive: true, mode: 0o700 });
    const leftovers = readLeftovers(path);
    const spool = new Spool(new SpoolFile(join(path, `${boot}.jsonl`)), clock, bounds);
    for (const event of leftovers.flatMap(({ events }) => events)) spool.append(event);
    await spool.durable();
    removeLeftovers(path, leftovers);
    return [spool, leftovers];
  }

  /** Whether an intent can be recorded now. */
  get isOpenForIntents(): boolean {
    return !this.#isFailing && this.#unconfirmedBytes < this.#bounds.full;
  }

  /** Whether anything can be recorded now. */
  get isOpen(): boolean {
    return this.#unconfirmedBytes < this.#bounds.closed;
  }

  get unconfirmed(): number {
    return this.#batches.unconfirmed;
  }

  /** Records an event's text; it is on disk 50 ms later. Says whether there was room. */
  append(event: string): boolean {
    if (!this.isOpen) return false;
    this.#batches.add(event);
    this.#unwritten.push(event);
    this.#sizes.push(event.length);
    this.#unconfirmedBytes += event.length;
    this.#cancelFlush ??= this.#clock.after(flushAfterMs, () => this.#flushQuietly());
    return true;
  }

  /** Resolves when everything recorded so far is forced to disk; those who wait meanwhile share the next force. Rejects when the disk fails. */
  durable(): Promise<void> {
    if (!this.#syncing) return (this.#syncing = this.#sync().finally(() => (this.#syncing = undefined)));
    return (this.#nextSync ??= this.#syncing
      .catch(() => undefined)
      .then(() => {
        this.#nextSync = undefined;
        return this.durable();
      }));
  }

  /** The oldest batch the control plane has not confirmed. */
  nextBatch(): Batch | null {
    this.#flushQuietly();
    return this.#batches.next();
  }

  /** Takes the control plane's word that every batch up to this number is durable there. */
  acknowledge(durable: number): void {
    const events = this.#batches.acknowledge(durable);
    if (events === 0) return;
    for (const size of this.#sizes.splice(0, events)) this.#unconfirmedBytes -= size;
    this.#confirmedEvents += events;
    const isEmpty = this.#batches.unconfirmed === 0 && this.#unwritten.length === 0;
    if (isEmpty && this.#file.bytes > clearFrom) this.#clear();
    this.#unwritten.push(ackLine(this.#batches.acknowledged, this.#confirmedEvents));
    this.#cancelFlush ??= this.#clock.after(flushAfterMs, () => this.#flushQuietly());
  }

  /** Goes on with the batch the control plane expects. Says whether that one is still here. */
  rewind(expected: number): boolean {
    if (!this.#batches.canSend(expected)) return false;
    this.acknowledge(expected - 1);
    return true;
  }

  async close(): Promise<void> {
    this.#flushQuietly();
    await this.durable().catch(() => undefined);
    this.#cancelFlush?.();
    this.#file.close();
  }

  async #sync(): Promise<void> {
    this.#flush();
    await this.#file.sync();
  }

  #clear(): void {
    this.#file.clear();
    this.#confirmedEvents = 0;
  }

  #flush(): void {
    this.#cancelFlush?.();
    this.#cancelFlush = undefined;
    if (this.#unwritten.length === 0) return;
    try {
      this.#file.append(this.#unwritten);
      this.#unwritten = [];
      this.#isFailing = false;
    } catch (error) {
      this.#isFailing = true;
      throw error;
    }
  }

  #flushQuietly(): void {
    try {
      this.#flush();
    } catch {
      this.#cancelFlush = this.#clock.after(flushAfterMs, () => this.#flushQuietly());
    }
  }
}
