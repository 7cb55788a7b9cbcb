import { z } from 'zod';
import { revisionSchema } from './ids.js';

/** The life of the change log: a restore, or a rebuilt demo world, starts a new one with a higher number. */
export const generationSchema = z.object({ number: z.int().min(1), id: z.string().min(1) });
export type Generation = z.infer<typeof generationSchema>;

/**
 * One object in an envelope. `value` is the exact JSON text that was written to the change log (so that a digest is over
 * bytes, not over a structure); `null` means the object left the slice or was deleted. `revision` is the object's own.
 */
export const entrySchema = z.tuple([z.string(), z.string(), revisionSchema, z.string().nullable()]);
export type Entry = z.infer<typeof entrySchema>;

/**
 * What a guard receives (protocol D2): everything as of `through`, or the difference between its views at `from` and
 * `through`. `slice` is the server's id. `digest` is the slice's digest after applying it. A `snapshot` has `from` 0.
 */
export const envelopePayloadSchema = z.object({
  v: z.literal(1),
  kid: z.string(),
  generation: generationSchema,
  slice: z.string(),
  kind: z.enum(['snapshot', 'interval']),
  from: revisionSchema,
  through: revisionSchema,
  digest: z.string(),
  issuedAt: z.int(),
  entries: z.array(entrySchema),
});
export type EnvelopePayload = z.infer<typeof envelopePayloadSchema>;

/** Where a guard stands, as it says when it subscribes. Absent: it holds nothing and wants a snapshot. */
export const positionSchema = z.object({
  generation: z.string(),
  revision: revisionSchema,
  digest: z.string(),
});
export type Position = z.infer<typeof positionSchema>;

/** Bytes as they were signed, with the signature over `domain + payload`. The payload is JSON text; it is parsed only after it verified. */
export const signedTextSchema = z.object({ payload: z.string(), signature: z.string() });
export type SignedText = z.infer<typeof signedTextSchema>;

/** Domain strings: the first bytes under every signature, so that no signed text can be taken for another kind. */
export const domains = {
  feed: 'portcullis/feed/v1',
  keySet: 'portcullis/key-set/v1',
  enrol: 'portcullis/enrol/v1',
  hello: 'portcullis/hello/v1',
  report: 'portcullis/report/v1',
  answer: 'portcullis/answer/v1',
  stopTicket: 'portcullis/stop-ticket/v1',
  /** A generation, signed by the root key. */
  generation: 'portcullis/generation/v1',
  /** The highest head a replica has served, kept outside the database. */
  head: 'portcullis/head/v1',
} as const;
export type Domain = (typeof domains)[keyof typeof domains];

/** The only document the feed accepts: a fixed text, so that one frame serves every socket that uses the same operation id. */
export const feedDocument = 'subscription Feed($position: String) { feed(position: $position) }';
/** The schema behind it: `position` is a `Position` as JSON text, each value a `SignedText` as JSON text. */
export const feedSchemaText = 'type Query { protocol: String! } type Subscription { feed(position: String): String! }';

/** WebSocket close codes of the feed, with the follower's reaction to each. */
export const feedCloseCodes = {
  /** Not a known guard, or no longer one: stop following, stay closed. */
  forbidden: 4403,
  /** The socket did not read fast enough: reconnect and resync. */
  tooSlow: 4408,
  /** Another boot of the same guard is alive and its lease runs: stay closed, try again with jitter until it has run out (E1). */
  secondBoot: 4409,
  /** The replica is shutting down: reconnect elsewhere with jitter. */
  goingAway: 1001,
} as const;
