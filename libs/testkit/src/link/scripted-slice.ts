import { randomUUID } from 'node:crypto';
import {
  asRevision,
  domains,
  type Entry,
  type EnvelopePayload,
  type Generation,
  type Position,
  type SignedText,
} from '@portcullis/contracts';
import { digestOf, signText } from '@portcullis/contracts/signed';
import type { NamedKey } from './link-keys.js';

/** An object to write: a value, or `null` for its tombstone. */
export interface Written {
  readonly kind: string;
  readonly id: string;
  readonly value: unknown;
  /** The object's own revision, for a slice that is not built from nothing. Default: the revision of the commit. */
  readonly revision?: number;
}

/** One server's change log, whole: every revision can be looked at again. */
export class ScriptedSlice {
  readonly server: string;
  generation: Generation = { number: 1, id: randomUUID() };
  #history: ReadonlyMap<string, Entry>[] = [new Map()];
  #first = 0;

  constructor(server: string) {
    this.server = server;
  }

  get head(): number {
    return this.#first + this.#history.length - 1;
  }

  /** Writes objects under the next revision, which it gives back. */
  commit(objects: readonly Written[]): number {
    const revision = this.head + 1;
    const entries = new Map(this.#view(this.head));
    for (const { kind, id, value, revision: own = revision } of objects) {
      if (value === null) entries.delete(`${kind}:${id}`);
      else entries.set(`${kind}:${id}`, [kind, id, asRevision(own), JSON.stringify(value)]);
    }
    this.#history.push(entries);
    return revision;
  }

  /** Begins at a higher revision, as a log does that has lived for a while. Only while nothing is written. */
  beginAt(revision: number): void {
    if (this.head === this.#first) this.#first = revision;
  }

  /** A new life of the log with the same content: a higher number, another id. */
  newGeneration(number: number = this.generation.number + 1): void {
    this.generation = { number, id: randomUUID() };
  }

  /** The envelope that brings a holder of `position` to the head: an interval where that is known, else a snapshot. */
  envelopeFor(position: Position | undefined, kid: string): EnvelopePayload {
    const isKnown = position?.generation === this.generation.id && position.revision <= this.head;
    return isKnown ? this.interval(position.revision, this.head, kid) : this.snapshot(kid);
  }

  snapshot(kid: string, through: number = this.head): EnvelopePayload {
    return this.#envelope({ kid, kind: 'snapshot', from: 0, through, entries: [...this.#view(through).values()] });
  }

  /** The difference between the views at `from` and `through`. */
  interval(from: number, through: number, kid: string): EnvelopePayload {
    const before = this.#view(from);
    const after = this.#view(through);
    const changed = [...after].filter(([key, entry]) => before.get(key) !== entry).map(([, entry]) => entry);
    const left = [...before]
      .filter(([key]) => !after.has(key))
      .map(([, [kind, id]]): Entry => [kind, id, asRevision(through), null]);
    return this.#envelope({ kid, kind: 'interval', from, through, entries: [...changed, ...left] });
  }

  digest(revision: number = this.head): string {
    return digestOf(this.#view(revision).values());
  }

  #envelope(part: {
    readonly kid: string;
    readonly kind: 'snapshot' | 'interval';
    readonly from: number;
    readonly through: number;
    readonly entries: Entry[];
  }): EnvelopePayload {
    return {
      v: 1,
      generation: this.generation,
      slice: this.server,
      issuedAt: Date.now(),
      ...part,
      from: asRevision(part.from),
      through: asRevision(part.through),
      digest: this.digest(part.through),
    };
  }

  #view(revision: number): ReadonlyMap<string, Entry> {
    const view = this.#history[revision - this.#first];
    if (!view) throw new Error(`the log holds no revision ${revision}`);
    return view;
  }
}

/** An envelope as it travels. */
export function sealed(envelope: EnvelopePayload, { privateKey }: NamedKey): SignedText {
  return signText(domains.feed, JSON.stringify(envelope), privateKey);
}
