import { guardEventSchema, type GuardEvent } from '@portcullis/contracts';

/** The events of a batch that this version can read. The texts are kept whole whatever they say; the rest is counted. */
export function readEvents(texts: readonly string[]): {
  readonly events: readonly GuardEvent[];
  readonly unreadable: number;
} {
  const events = texts.flatMap((text) => readEvent(text) ?? []);
  return { events, unreadable: texts.length - events.length };
}

function readEvent(text: string): GuardEvent | undefined {
  try {
    return guardEventSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Text that Postgres can hold: it has no place for a zero byte, which an agent may well put into a tool's name. */
export function storable<T extends string | null>(text: T): T {
  return (text === null ? null : text.replaceAll('\0', '\uFFFD')) as T;
}
