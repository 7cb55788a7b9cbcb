import { z } from 'zod';
import { quotaSubjects, quotaWindows, type QuotaWindow } from './obligations.js';

/** Amounts are counted exactly, in whole ten-thousandths: 0.1 is 1000 units. Calls are counted as they are. */
export const unitsPerAmount = 10_000;

/** Bounds on what a report may say about quotas: lines of one report, characters of a bucket. */
export const quotaLimits = { lines: 256, bucket: 1000 } as const;

/** The length of each window in milliseconds: windows follow each other without a gap from the epoch on, which is calendar time in UTC. */
export const windowMs: Readonly<Record<QuotaWindow, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

/** When the window that holds `now` begins, in milliseconds of control time. */
export function windowStart(window: QuotaWindow, now: number): number {
  return Math.floor(now / windowMs[window]) * windowMs[window];
}

const id = z.string().min(1).max(256);

/**
 * Under what a quota is counted, whichever window it is: the grant, what is limited (`calls`, or the path of an amount), and
 * whom it counts for. `agent` is null where it counts for a user, whichever agent acts for them; `subject` is the user or the
 * conversation, null where it counts for the agent.
 */
export const quotaBucketSchema = z.tuple([
  id,
  z.union([z.literal('calls'), z.templateLiteral(['amount ', z.string()])]),
  z.enum(quotaWindows),
  z.enum(quotaSubjects),
  id.nullable(),
  id.nullable(),
]);
export type QuotaBucket = z.infer<typeof quotaBucketSchema>;

/** The one text of a bucket. */
export function bucketText(bucket: QuotaBucket): string {
  return JSON.stringify(bucket);
}

/** Reads a bucket; `undefined` for whatever is not the one text of one. */
export function parseBucket(text: string): QuotaBucket | undefined {
  try {
    const bucket = quotaBucketSchema.safeParse(JSON.parse(text)).data;
    return bucket && bucketText(bucket) === text && !text.includes('\\u0000') ? bucket : undefined;
  } catch {
    return undefined;
  }
}

/** The largest quota and what was returned of it: sums of two stay numbers that a computer counts exactly. */
const units = z.int().min(0).max(4_000_000_000_000_000);
const place = {
  bucket: z.string().min(1).max(quotaLimits.bucket),
  /** When the window begins, in milliseconds of control time. */
  from: z.int().min(0),
};

/**
 * What a guard says about one bucket in one window, in a report. The counts are totals of the window that only grow, so that
 * a report that is lost, repeated or overtaken does no harm:
 *
 * - `spent` - taken by calls that started, at this guard.
 * - `handed` - what the control plane has handed this guard in all, as far as it knows.
 * - `returned` - what of that it has given back; it is on disk that it will never be spent.
 *
 * `ask` is there when a call waits for more, or soon would: the first call lacks `need`, and `times` more of `step` each follow.
 */
export const quotaLineSchema = z.object({
  ...place,
  spent: units,
  handed: units,
  returned: units,
  ask: z.object({ need: units.min(1), step: units.min(1), times: z.int().min(0).max(1000) }).optional(),
});
export type QuotaLine = z.infer<typeof quotaLineSchema>;

/**
 * What the control plane answers to one line. A line without an answer is one it knows nothing about: nothing is handed then.
 *
 * - `handed` - what it has handed this guard in all in this window; the guard may spend that less what it returned.
 * - `others` - what other guards have spent.
 * - `left` - what is handed to nobody yet.
 */
export const quotaAnswerSchema = z.object({ ...place, handed: units, others: units, left: units });
export type QuotaAnswer = z.infer<typeof quotaAnswerSchema>;
