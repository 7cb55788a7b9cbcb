import { z } from 'zod';

/**
 * Bounds on what a grant with `audit: full` has recorded. `side`: bytes of UTF-8 of the arguments, or of the result that left, each as
 * JSON. `perReport`: bytes of text in one report, before base64. `sides`: how many one report takes. `held`: bytes that a guard keeps
 * on disk until the control plane has them.
 */
export const fullRecordLimits = {
  side: 262_144,
  perReport: 262_144,
  sides: 50,
  held: 134_217_728,
} as const;

/** The two sides of a call that are recorded. */
export const recordSides = ['arguments', 'result'] as const;
/** One of `recordSides`. */
export type RecordSide = (typeof recordSides)[number];

const longestText = Math.ceil(fullRecordLimits.side / 3) * 4;

/**
 * One side of a call, whole: the arguments as they were asked with, or the result as it left, after everything that was taken out of it.
 * Kept on the guard's disk until an answer says `recordsKept`; sent again until then.
 */
export const fullRecordSchema = z.object({
  /** Id of the decision. */
  decision: z.string().max(64),
  side: z.enum(recordSides),
  /** Of the JSON text, in UTF-8. */
  bytes: z.int().min(0),
  /** SHA-256 (base64url) of the JSON text: `argumentsHash` of the decision or `resultHash` of its outcome. */
  hash: z.string().max(64),
  /** The JSON text as base64; `null` where it is larger than `fullRecordLimits.side`. */
  text: z.string().max(longestText).nullable(),
});
export type FullRecord = z.infer<typeof fullRecordSchema>;
