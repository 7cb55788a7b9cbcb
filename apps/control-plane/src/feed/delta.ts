import { asRevision, type Entry } from '@portcullis/contracts';
import type { LogObject } from './log-object.js';

/** An object that a slice holds after a step; `isNew` when it did not hold it before. */
export interface Upsert {
  readonly object: LogObject;
  readonly isNew: boolean;
}

/** An object that a slice held before a step and no longer holds. */
export interface Departure {
  readonly kind: string;
  readonly id: string;
  readonly revision: number;
}

/** The difference of two views of one slice (P-D1), and what it does to the slice's digest. */
export interface Delta {
  readonly upserts: ReadonlyMap<string, Upsert>;
  readonly left: ReadonlyMap<string, Departure>;
  readonly mask: Buffer;
}

export const emptyDelta: Delta = { upserts: new Map(), left: new Map(), mask: Buffer.alloc(32) };

export function xor(left: Buffer, right: Buffer): Buffer {
  const sum = Buffer.allocUnsafe(32);
  for (let i = 0; i < 32; i++) sum[i] = (left[i] ?? 0) ^ (right[i] ?? 0);
  return sum;
}

/** First one difference, then the next: again the difference of two views. */
export function compose(first: Delta, second: Delta): Delta {
  const upserts = new Map(first.upserts);
  const left = new Map(first.left);
  for (const [key, departure] of second.left) {
    const known = upserts.get(key);
    upserts.delete(key);
    if (!known?.isNew) left.set(key, departure);
  }
  for (const [key, upsert] of second.upserts) {
    const isNew = left.has(key) ? false : (upserts.get(key)?.isNew ?? upsert.isNew);
    left.delete(key);
    upserts.set(key, { object: upsert.object, isNew });
  }
  return { upserts, left, mask: xor(first.mask, second.mask) };
}

/** The entries of an interval that begins at `from`. What left and came back unchanged does not travel. */
export function entriesOf(delta: Delta, from: number): Entry[] {
  const entries: Entry[] = [];
  for (const { kind, id, revision } of delta.left.values()) entries.push([kind, id, asRevision(revision), null]);
  for (const { object, isNew } of delta.upserts.values())
    if (isNew || object.revision > from) entries.push(entryOf(object));
  return entries;
}

export function entryOf(object: LogObject): Entry {
  return [object.kind, object.id, asRevision(object.revision), object.text];
}
