import type { Duplex } from 'node:stream';
import { feedCloseCodes } from '@portcullis/contracts';
import type { WebSocket } from 'ws';
import type { Frame } from './frames.js';

const largestBacklogBytes = 1024 * 1024;

/** One guard's subscription on one socket. */
export interface FeedLineIdentity {
  readonly guard: string;
  readonly boot: string;
  readonly slice: string;
  readonly operation: string;
}

/**
 * The end of the feed at one guard: its position, and the only place where frames are written. There is no queue; a guard
 * that reads slowly gets a wider interval, and one that does not read is cut.
 */
export class FeedLine {
  position: number | undefined;
  generation = '';
  #largestWaiting = 0;
  #isWaiting = false;

  constructor(
    readonly identity: FeedLineIdentity,
    private readonly socket: WebSocket,
    private readonly stream: Duplex,
  ) {}

  get isOpen(): boolean {
    return this.socket.readyState === this.socket.OPEN;
  }

  /** What the guard has not taken yet, beyond one frame that may be large by itself, may not pass 1 MiB. */
  get isTooSlow(): boolean {
    return this.stream.writableLength > Math.max(largestBacklogBytes, this.#largestWaiting);
  }

  /** True while one large frame is on its way: the next one waits and will be wider. */
  get isBusy(): boolean {
    return this.stream.writableLength > largestBacklogBytes;
  }

  /** Runs once what is waiting has gone out. */
  whenDrained(callback: () => void): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    this.stream.once('drain', () => {
      this.#isWaiting = false;
      callback();
    });
  }

  /** The bytes go past `ws`, which would build the same header anew for each socket; it writes whole frames too, so none is torn. */
  write(frame: Frame): void {
    if (this.stream.writableLength === 0) this.#largestWaiting = 0;
    this.stream.write(frame.bytes);
    this.#largestWaiting = Math.max(this.#largestWaiting, frame.bytes.length);
    this.position = frame.through;
  }

  close(why: keyof typeof feedCloseCodes): void {
    this.socket.close(feedCloseCodes[why], why);
  }
}
