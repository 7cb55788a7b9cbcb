import { createHash } from 'node:crypto';
import type { Entry } from '../envelope.js';

/** The digest of an empty slice. */
export const emptySliceDigest = Buffer.alloc(32).toString('base64url');

/** SHA-256 over kind, id, revision and the exact value text of one entry, each closed by a zero byte. */
export function entryDigest(kind: string, id: string, revision: number, value: string): Buffer {
  return createHash('sha256').update(`${kind}\0${id}\0${revision}\0${value}\0`).digest();
}

/**
 * A running digest of a slice: the XOR of its entries' digests, so that adding and removing one entry costs one hash.
 * It tells two honest holders that they differ; against forgers stands the envelope's signature.
 */
export class SliceDigest {
  readonly #sum: Buffer;

  constructor(base64url: string = emptySliceDigest) {
    this.#sum = Buffer.from(base64url, 'base64url');
  }

  /** Adds an entry that is absent, or removes one that is present. */
  toggle([kind, id, revision, value]: readonly [string, string, number, string]): void {
    const digest = entryDigest(kind, id, revision, value);
    for (let i = 0; i < 32; i++) this.#sum[i] = (this.#sum[i] ?? 0) ^ (digest[i] ?? 0);
  }

  toString(): string {
    return this.#sum.toString('base64url');
  }
}

/** The digest of a whole snapshot. Entries without a value do not count. */
export function digestOf(entries: Iterable<Entry>): string {
  const digest = new SliceDigest();
  for (const [kind, id, revision, value] of entries) if (value !== null) digest.toggle([kind, id, revision, value]);
  return digest.toString();
}
