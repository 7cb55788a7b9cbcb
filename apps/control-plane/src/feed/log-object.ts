import type { FeedKind, FeedValue } from '@portcullis/contracts';
import { entryDigest } from '@portcullis/contracts/signed';

/** One row of the change log. `value` is the exact text that was written; `null` is a tombstone. */
export interface LogChange {
  readonly kind: string;
  readonly id: string;
  readonly revision: number;
  readonly value: string | null;
}

/** A live object: its text, what the text says, and its share of a slice digest (hashed once for all slices). */
export interface LogObject {
  readonly key: string;
  readonly kind: string;
  readonly id: string;
  readonly revision: number;
  readonly text: string;
  readonly value: unknown;
  readonly digest: Buffer;
}

export function keyOf(kind: string, id: string): string {
  return `${kind}\0${id}`;
}

export function objectOf({ kind, id, revision, value }: LogChange): LogObject | undefined {
  if (value === null) return undefined;
  const digest = entryDigest(kind, id, revision, value);
  return { key: keyOf(kind, id), kind, id, revision, text: value, value: JSON.parse(value) as unknown, digest };
}

/** The value of an object of this kind. Values were checked against their schema when they were appended. */
export function valueAs<K extends FeedKind>(object: LogObject | undefined, kind: K): FeedValue<K> | undefined {
  return object?.kind === kind ? (object.value as FeedValue<K>) : undefined;
}

/** The agent an object is about, when it is about one: it enters and leaves slices together with that agent. */
export function subjectOf(object: LogObject): string | undefined {
  if (object.kind === 'agent' || object.kind === 'agent-status' || object.kind === 'cut-off') return object.id;
  const credential = valueAs(object, 'credential');
  if (credential) return credential.status === 'tainted' ? undefined : credential.agent;
  if (object.kind === 'conversation') return valueAs(object, 'conversation')?.agent;
  if (object.kind === 'grant') return valueAs(object, 'grant')?.conversation?.agent;
  if (object.kind === 'token-revocation') return valueAs(object, 'token-revocation')?.agent;
  const stop = valueAs(object, 'kill-switch');
  return stop?.scope === 'agent' ? stop.target : undefined;
}
