import { z } from 'zod';
import { generationSchema, positionSchema, signedTextSchema } from './envelope.js';
import { fullRecordLimits, fullRecordSchema } from './full-record.js';
import { revisionSchema } from './ids.js';
import { recordingLimits, recordingSchema } from './recording.js';
import { secrecyLabels, trustLabels } from './obligations.js';
import { quotaAnswerSchema, quotaLimits, quotaLineSchema } from './quota.js';

/** The version of this protocol. A guard and a link that differ in it refuse each other with `guard_outdated`. */
export const protocolVersion = 1;

/**
 * `POST /v1/enrol`: a `SignedText` (domain `enrol`) signed by the key the guard has just made. Refused alike, with
 * `join_token_refused`, when the token is unknown, used, expired or its secret is wrong.
 */
export const enrolRequestSchema = z.object({
  v: z.literal(1),
  joinToken: z.object({ id: z.string().max(64), secret: z.string().max(64) }),
  /** JWK of the guard's Ed25519 public key. */
  publicKey: z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string().length(43) }),
  boot: z.uuid(),
  capabilities: z.array(z.string().max(64)).max(64),
});
export type EnrolRequest = z.infer<typeof enrolRequestSchema>;

/** The answer to an enrolment. `rootKey` (SPKI DER, base64url) must hash to the join token's `rootHash`; `keySet` is signed by it. */
export const enrolAnswerSchema = z.object({
  guard: z.string(),
  server: z.string(),
  resource: z.string(),
  rootKey: z.string(),
  keySet: signedTextSchema,
});
export type EnrolAnswer = z.infer<typeof enrolAnswerSchema>;

/**
 * `connectionParams.hello` of the feed: a `SignedText` (domain `hello`) signed by the guard's key. `at` is control time
 * (milliseconds) as the guard knows it from its last report answer; the link takes each nonce once within 60 s of `at`.
 */
export const helloSchema = z.object({
  v: z.literal(1),
  guard: z.string(),
  boot: z.uuid(),
  nonce: z.string().min(16).max(64),
  at: z.int(),
});
export type Hello = z.infer<typeof helloSchema>;

/**
 * One thing a guard records. Every event has an id, the control time at which it happened and the revision it was decided at.
 * `decision` — a call was decided. `intent` — an allowed call of a write or destructive class is about to run.
 * `outcome` — an allowed call ended. `catalogue` — the tools the server announces, each with the `definitionHash` of what it says. `posture` — the guard's posture changed.
 */
export const guardEventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('decision'),
    id: z.string(),
    at: z.int(),
    revision: revisionSchema,
    agent: z.string(),
    instance: z.string().nullable(),
    credential: z.string().nullable(),
    role: z.string().nullable(),
    task: z.string().nullable(),
    tool: z.string(),
    outcome: z.enum(['allow', 'deny', 'hold']),
    reason: z.string().nullable(),
    /** Who spoke: `kind:id` of the object that decided, such as `grant:gr_1` or `kill-switch:<uuid>`. */
    rule: z.string().nullable(),
    /** For the console only: which parameter broke which limit, in words. */
    detail: z.string().nullable(),
    /**
     * What would have been decided: the call was allowed only because its environment is observed. `rule` and `detail` as above.
     * Absent from guards that do not know it.
     */
    observed: z
      .object({
        outcome: z.enum(['deny', 'hold']),
        reason: z.string(),
        rule: z.string().nullable(),
        detail: z.string(),
      })
      .nullable()
      .optional(),
    /** SHA-256 (base64url) of the arguments' JSON text. */
    argumentsHash: z.string(),
    /** What the grant asks to be kept of the call; absent where it asks for nothing. */
    audit: z.enum(['digest', 'full']).optional(),
  }),
  z.object({ type: z.literal('intent'), id: z.string(), at: z.int(), decision: z.string() }),
  z.object({
    type: z.literal('outcome'),
    id: z.string(),
    at: z.int(),
    revision: revisionSchema,
    decision: z.string(),
    /** `aborted`: it lost its right while it ran. `already-done`: the handler finished after it was aborted; its result was dropped. */
    result: z.enum(['ok', 'error', 'aborted', 'already-done']),
    reason: z.string().nullable(),
    rule: z.string().nullable(),
    durationMs: z.number(),
    /** In words, what of the result did not leave because it could not be filtered, or all of it; absent where nothing was withheld. */
    withheld: z.string().max(1000).optional(),
    /** What the result that left is labelled; absent without labels. */
    labels: z.object({ trust: z.enum(trustLabels).optional(), secrecy: z.enum(secrecyLabels).optional() }).optional(),
    /** SHA-256 (base64url) of the JSON text of the result that left, where its grant asked something of it. */
    resultHash: z.string().max(64).optional(),
    /** What its grant asked to be kept of the call by the time it ended; absent where it asked for nothing. */
    audit: z.enum(['digest', 'full']).optional(),
  }),
  z.object({
    type: z.literal('catalogue'),
    id: z.string(),
    at: z.int(),
    tools: z
      .array(
        z.object({
          name: z.string(),
          description: z.string().nullable(),
          inputSchema: z.unknown(),
          hash: z.string(),
          title: z.string().nullable().optional(),
          outputSchema: z.unknown().optional(),
          annotations: z.unknown().optional(),
          /** It was too long for a report: there is only its name and its hash. */
          isCut: z.boolean().optional(),
        }),
      )
      .max(1000),
    /** Of a catalogue that is told in several events: they have this id in common. The last one says that it is complete. */
    part: z.object({ of: z.string(), isLast: z.boolean() }).optional(),
  }),
  z.object({ type: z.literal('posture'), id: z.string(), at: z.int(), posture: z.enum(['fresh', 'stale', 'severed']) }),
]);
export type GuardEvent = z.infer<typeof guardEventSchema>;

/**
 * A batch of events, numbered from 1 without gaps per boot. `events` holds the exact text of each event; `hash` is
 * `chainBatch` over the previous hash (32 zero bytes for the first) and those texts. Stored idempotently by (guard, boot, number).
 */
export const batchSchema = z.object({
  number: z.int().min(1),
  previous: z.string(),
  events: z.array(z.string().max(65_536)).min(1).max(500),
  hash: z.string(),
});
export type Batch = z.infer<typeof batchSchema>;

/**
 * `POST /v1/report`: a `SignedText` (domain `report`) signed by the guard's key. Sent at once after applying a reduction,
 * else at least every 3 s with jitter. The only thing that renews a lease.
 */
export const reportSchema = z.object({
  v: z.literal(1),
  guard: z.string(),
  boot: z.uuid(),
  nonce: z.string().min(16).max(64),
  /** What the guard has applied; `null` when nothing yet. */
  holds: positionSchema.nullable(),
  keySet: z.int().min(0),
  posture: z.enum(['fresh', 'stale', 'severed']),
  inFlight: z.int().min(0),
  /** First report of a boot: the previous boot's last durable batch; `unknown` is shown as a loss. */
  previousBoot: z.union([z.object({ boot: z.uuid(), durable: z.int().min(0) }), z.literal('unknown')]).nullable(),
  batch: batchSchema.nullable(),
  /** What was asked in calls that were decided lately; absent from guards that keep none. */
  recordings: z.array(recordingSchema).max(recordingLimits.perReport).optional(),
  /** What grants with `audit: full` had recorded. Sent again until an answer says that it is kept. */
  records: z.array(fullRecordSchema).max(fullRecordLimits.sides).optional(),
  /** What this guard has counted against quotas, and what it lacks. Absent: nothing to tell, or a guard that counts none. */
  quotas: z.array(quotaLineSchema).max(quotaLimits.lines).optional(),
});
export type Report = z.infer<typeof reportSchema>;

/**
 * The answer to a report: a `SignedText` (domain `answer`) by a feed key, for this guard, boot and nonce only. `head` was
 * read after the request arrived; the lease of `leaseMs` runs from the sending of the request once `head` is applied (A1).
 */
export const reportAnswerSchema = z.object({
  v: z.literal(1),
  kid: z.string(),
  guard: z.string(),
  boot: z.string(),
  nonce: z.string(),
  generation: generationSchema,
  head: revisionSchema,
  /** Database time in milliseconds since the epoch. */
  controlTime: z.int(),
  leaseMs: z.int().min(1),
  reportEveryMs: z.int().min(1),
  /** The highest batch number that is durable at the control plane for this boot. */
  durable: z.int().min(0),
  /** Present when the guard holds an older one. */
  keySet: signedTextSchema.nullable(),
  /** Every one of the report's `records` is durable. Absent: none is to be forgotten. */
  recordsKept: z.literal(true).optional(),
  /** The answer to `quotas`. Absent: there was no line, or a control plane that hands out none. */
  quotas: z.array(quotaAnswerSchema).max(quotaLimits.lines).optional(),
});
export type ReportAnswer = z.infer<typeof reportAnswerSchema>;
