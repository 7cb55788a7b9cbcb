import { z } from 'zod';
import { riskSignalsSchema } from './policies.js';

/** Bounds on recorded calls: UTF-16 units of one and of all in one report, how many one report takes, and how many a guard holds. */
export const recordingLimits = { text: 8192, textPerReport: 32_768, perReport: 100, held: 1000 } as const;

/**
 * What was asked in a call, kept so that a change of grants or policies can be tried on it before it is made. The text is
 * `recordingText`; the control plane seals it. It is no part of the chained record: a guard that is busy or cut off leaves
 * recordings out, the oldest first, and what was left out is counted as not recorded.
 */
export const recordingSchema = z.object({
  /** Id of the decision. */
  decision: z.string().max(64),
  call: z.string().max(recordingLimits.text),
});
export type Recording = z.infer<typeof recordingSchema>;

/** As policies are given them; `null`: one that a policy read and the guard could not tell, which is absent then and not calm. */
const recordedSignalsSchema = z.preprocess((told) => eachSignal(told, null, undefined), riskSignalsSchema);

function eachSignal(signals: unknown, absent: unknown, instead: unknown): unknown {
  if (typeof signals !== 'object' || signals === null) return signals;
  return Object.fromEntries(Object.entries(signals).map(([name, one]) => [name, one === absent ? instead : one]));
}

/** The text of a `RecordedCall`, in which a signal that is there and `undefined` is `null`. */
export function recordingText(asked: RecordedCall): string {
  return JSON.stringify({ ...asked, signals: eachSignal(asked.signals, undefined, null) });
}

/** The part of a call that its decision's event does not carry. */
export const recordedCallSchema = z.object({
  arguments: z.unknown(),
  user: z.string().optional(),
  conversation: z.string().optional(),
  /** `definitionHash` of what the server said of the tool then. */
  definition: z.string().optional(),
  /** The risk signals that policies were given; those that none in scope read are absent, and so are all from older guards. */
  signals: recordedSignalsSchema.optional().catch(undefined),
});
export type RecordedCall = z.infer<typeof recordedCallSchema>;
