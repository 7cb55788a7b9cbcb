import { randomBytes } from 'node:crypto';
import { channel } from 'node:diagnostics_channel';
import {
  domains,
  feedCloseCodes,
  protocolVersion,
  type EnvelopePayload,
  type Generation,
  type Hello,
} from '@portcullis/contracts';
import { signText } from '@portcullis/contracts/signed';
import type { Clock } from './clock.js';
import { openFeed } from './feed-socket.js';
import type { HeldSlice } from './held-slice.js';
import type { HighWater } from './high-water.js';
import type { Log } from './log.js';
import { openEnvelope, type FeedKeyLookup } from './open-envelope.js';
import type { OwnKey } from './own-key.js';
import type { SliceView } from './slice-view.js';

const reconnectWithinMs = 3000;

/** Published as a frame arrives, before it is read, so that a bench or a tracer can time the way to the swap. */
const frameArrived = channel('portcullis.guard.frame');

/** What a follower needs to follow. */
export interface FollowerOptions {
  readonly address: string;
  readonly guard: string;
  readonly boot: string;
  readonly key: OwnKey;
  readonly feedKey: FeedKeyLookup;
  readonly slice: HeldSlice;
  readonly floor: () => HighWater | undefined;
  /** The generation the key set in hand names. */
  readonly named: () => Generation;
  readonly clock: Clock;
  /** Control time; the follower connects only once it is known. */
  readonly controlTime: () => number | undefined;
  /** The new view, to be swapped in by the receiver. */
  readonly onView: (view: SliceView, envelope: EnvelopePayload) => void;
  /** A frame by a key, or of a generation, that no key set in hand names: a newer one may be waiting. */
  readonly onUnreadable: () => void;
  /** The control plane says this guard is none of its own: closed until started anew. */
  readonly onCut: (why: string) => void;
  readonly log: Log;
}

/** Follows the feed: one connection, one subscription, resumed where it stood or from a snapshot (protocol B, D). */
export class Follower {
  readonly #options: FollowerOptions;
  #close: (() => void) | undefined;
  #cancelRetry: (() => void) | undefined;
  #failures = 0;
  #isStopped = false;

  constructor(options: FollowerOptions) {
    this.#options = options;
  }

  get isFollowing(): boolean {
    return this.#close !== undefined || this.#cancelRetry !== undefined;
  }

  /** Connects unless it is connected, about to, or stopped. */
  start(): void {
    if (!this.isFollowing) this.#connect(true);
  }

  /** Drops the connection and takes a snapshot (`keep: false`) or goes on where it stands. */
  resync(keep: boolean): void {
    this.#disconnect();
    this.#retry(keep);
  }

  stop(): void {
    this.#isStopped = true;
    this.#disconnect();
  }

  #connect(keep: boolean): void {
    const { address, slice, controlTime } = this.#options;
    const at = controlTime();
    if (this.#isStopped || at === undefined) return;
    const view = keep ? slice.view : undefined;
    this.#close = openFeed({
      address,
      hello: JSON.stringify(this.#hello(at)),
      position: view && { generation: view.generation.id, revision: view.revision, digest: view.digest },
      onFrame: (frame) => this.#take(frame),
      onEnd: (code) => this.#ended(code),
    });
  }

  #hello(at: number) {
    const { guard, boot, key } = this.#options;
    const hello: Hello = { v: protocolVersion, guard, boot, nonce: randomBytes(16).toString('base64url'), at };
    return signText(domains.hello, JSON.stringify(hello), key.privateKey);
  }

  #take(frame: unknown): void {
    if (frameArrived.hasSubscribers) frameArrived.publish(undefined);
    const { slice, floor, named, feedKey, onView, onUnreadable, log } = this.#options;
    const envelope = openEnvelope(frame, feedKey);
    if (!envelope || envelope.generation.number > named().number) {
      log({
        level: 'error',
        what: 'frame_refused',
        why: envelope ? 'no key set names its generation' : 'no feed key signed it',
      });
      onUnreadable();
      return;
    }
    const offered = slice.offer(envelope, floor());
    if (offered.kind === 'refused') log({ level: 'error', what: 'frame_refused', why: offered.why });
    if (offered.kind === 'gap') {
      log({ level: 'warn', what: 'resync', why: offered.why });
      this.resync(false);
    }
    if (offered.kind !== 'applied') return;
    this.#failures = 0;
    onView(offered.view, envelope);
  }

  #ended(code: number | undefined): void {
    this.#close = undefined;
    if (code === feedCloseCodes.forbidden) {
      this.#isStopped = true;
      this.#options.onCut('forbidden');
      return;
    }
    const isSecond = code === feedCloseCodes.secondBoot;
    this.#options.log({
      level: isSecond ? 'error' : 'warn',
      what: isSecond ? 'another_boot_is_alive' : 'feed_ended',
      code,
    });
    this.#retry(true);
  }

  #retry(keep: boolean): void {
    if (this.#isStopped) return;
    const delay = this.#failures === 0 ? 0 : Math.random() * reconnectWithinMs;
    this.#failures += 1;
    this.#cancelRetry = this.#options.clock.after(delay, () => {
      this.#cancelRetry = undefined;
      this.#connect(keep);
    });
  }

  #disconnect(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
    this.#close?.();
    this.#close = undefined;
  }
}
