import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Batch } from '@portcullis/contracts';
import { Batches } from './batches.js';
import type { Clock } from './clock.js';
import { GuardError } from './guard-error.js';
import { ackLine, readLeftovers, removeLeftovers, type Leftover } from './leftover-spool.js';
import { SharedForce } from './joined-force.js';
import { SpoolFile } from './spool-file.js';
import type { StateFolder } from './state-folder.js';

/** Bounds of the spool, in bytes. */
export interface SpoolBounds {
  /** From here on calls that need an intent are refused. */
  readonly full: number;
  /** From here on every call is refused, and nothing more is kept. */
  readonly closed: number;
}

/** Where a spool is kept, and for which boot. */
export interface SpoolOptions {
  readonly folder: StateFolder;
  readonly boot: string;
  readonly clock: Clock;
  readonly bounds?: SpoolBounds;
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
  readonly #force = new SharedForce(() => this.#sync());
  #isFailing = false;
  #isClosed = false;

  private constructor(file: SpoolFile, clock: Clock, bounds: SpoolBounds) {
    this.#file = file;
    this.#clock = clock;
    this.#bounds = bounds;
  }

  /** Opens this boot's spool and takes over what earlier boots left unsent; their files go once it is on disk. Throws `state_folder_unusable`. */
  static async open({
    folder,
    boot,
    clock,
    bounds = defaultBounds,
  }: SpoolOptions): Promise<[Spool, readonly Leftover[]]> {
    const path = folder.file('spool');
    try {
      mkdirSync(path, { recursive: true, mode: 0o700 });
      const leftovers = readLeftovers(path);
      const spool = new Spool(new SpoolFile(join(path, `${boot}.jsonl`)), clock, bounds);
      for (const event of leftovers.flatMap(({ events }) => events)) spool.#take(event);
      await spool.durable();
      removeLeftovers(path, leftovers);
      return [spool, leftovers];
    } catch (cause) {
      throw new GuardError('state_folder_unusable', `the spool in ${path} cannot be read and written`, { cause });
    }
  }

  /** Whether an intent can be recorded now. */
  get isOpenForIntents(): boolean {
    return this.isOpen && !this.#isFailing && this.#unconfirmedBytes < this.#bounds.full;
  }

  /** Whether anything can be recorded now. */
  get isOpen(): boolean {
    return !this.#isClosed && this.#unconfirmedBytes < this.#bounds.closed;
  }

  get unconfirmed(): number {
    return this.#batches.unconfirmed;
  }

  /** Records an event's text; it is on disk 50 ms later. Says whether there was room. */
  append(event: string): boolean {
    if (!this.isOpen) return false;
    this.#take(event);
    return true;
  }

  /** Resolves when everything recorded so far is forced to disk; those who wait meanwhile share the next force. Rejects when the disk fails. */
  durable(): Promise<void> {
    return this.#force.done();
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
    if (this.#batches.unconfirmed === 0 && (this.#isFailing || this.#file.bytes > clearFrom)) this.#clear();
    this.#write(ackLine(this.#batches.acknowledged, this.#confirmedEvents));
  }

  /** Goes on with the batch the control plane expects. Says whether that one is still here. */
  rewind(expected: number): boolean {
    if (!this.#batches.canSend(expected)) return false;
    this.acknowledge(expected - 1);
    return true;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.durable().catch(() => undefined);
    this.#cancelFlush?.();
    this.#file.close();
  }

  async #sync(): Promise<void> {
    this.#flush();
    await this.#file.sync();
  }

  #take(event: string): void {
    this.#batches.add(event);
    this.#sizes.push(event.length);
    this.#unconfirmedBytes += event.length;
    this.#write(event);
  }

  #write(line: string): void {
    this.#unwritten.push(line);
    this.#cancelFlush ??= this.#clock.after(flushAfterMs, () => this.#flushQuietly());
  }

  /** Everything is confirmed: the file begins anew, which a full disk allows too. On a broken one it stays as it is. */
  #clear(): void {
    try {
      this.#file.clear();
      this.#unwritten = [];
      this.#confirmedEvents = 0;
    } catch {
      this.#isFailing = true;
    }
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
      if (!this.#isClosed) this.#cancelFlush = this.#clock.after(flushAfterMs, () => this.#flushQuietly());
      throw error;
    }
  }

  /** A disk that fails is tried again by itself. */
  #flushQuietly(): void {
    try {
      this.#flush();
    } catch {
      return;
    }
  }
}
