import { asRevision, domains, type Entry, type EnvelopePayload } from '@portcullis/contracts';
import type { FeedSigner } from '../keys/feed-signer.js';
import type { LogFollower } from './log-follower.js';
import { textFrame } from './text-frame.js';

/** A frame ready for the wire, and the position of a socket once it is written. */
export interface Frame {
  readonly bytes: Buffer;
  readonly through: number;
}

/**
 * Frames for the head of the moment, made once per (slice, position, operation id) and written to each socket (P-D5): guards
 * in one slice at one position get identical bytes. The envelope under them is signed once per (slice, position).
 */
export class Frames {
  readonly #envelopes = new Map<string, string>();
  readonly #frames = new Map<string, Buffer>();
  #madeFor = '';

  constructor(
    private readonly follower: LogFollower,
    private readonly signer: FeedSigner,
  ) {}

  /** The frame that takes a socket from its position (`undefined`: nothing held) to the head. */
  frameFor(slice: string, position: number | undefined, operation: string): Frame {
    this.#forgetOlderHeads();
    const place = `${slice}\0${position}`;
    const key = `${place}\0${operation}`;
    const known = this.#frames.get(key);
    const bytes = known ?? textFrame(nextMessage(operation, this.#envelope(place, slice, position)));
    if (known === undefined) this.#frames.set(key, bytes);
    return { bytes, through: this.follower.views.head };
  }

  #forgetOlderHeads(): void {
    const { generation, views } = this.follower;
    const madeFor = `${generation.id} ${views.head}`;
    if (madeFor === this.#madeFor) return;
    this.#envelopes.clear();
    this.#frames.clear();
    this.#madeFor = madeFor;
  }

  #envelope(place: string, slice: string, position: number | undefined): string {
    const known = this.#envelopes.get(place);
    if (known !== undefined) return known;
    const { views } = this.follower;
    const interval = position === undefined ? undefined : views.interval(slice, position);
    const payload =
      interval && position !== undefined
        ? this.#payload(slice, 'interval', position, interval)
        : this.#payload(slice, 'snapshot', 0, views.snapshot(slice));
    const text = JSON.stringify(this.signer.sign(domains.feed, JSON.stringify(payload)));
    this.#envelopes.set(place, text);
    return text;
  }

  #payload(slice: string, kind: EnvelopePayload['kind'], from: number, entries: Entry[]): EnvelopePayload {
    const { views, generation, clock } = this.follower;
    const digest = views.digest(slice);
    if (digest === undefined) throw new Error(`the digest of slice ${slice} at the head is not known`);
    return {
      v: 1,
      kid: this.signer.kid,
      generation,
      slice,
      kind,
      from: asRevision(from),
      through: asRevision(views.head),
      digest,
      issuedAt: clock.now(),
      entries,
    };
  }
}

/** The `next` message of graphql-transport-ws, as graphql-ws would write it. */
function nextMessage(operation: string, envelope: string): string {
  return JSON.stringify({ id: operation, type: 'next', payload: { data: { feed: envelope } } });
}
