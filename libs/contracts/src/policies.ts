import { z } from 'zod';
import { conversationAttributesSchema } from './conversation.js';
import { slugSchema, toolNameSchema } from './ids.js';
import { taskSchema } from './scopes.js';

/**
 * Bounds on a policy. `text` in UTF-16 units. `depth` of brackets and `operators` (`.`, `+`, `-`, `*`, `&&`, `||`, `if`) in one
 * statement keep the parser within its stack: it was seen to overrun at 80 and 320.
 */
export const policyLimits = {
  text: 20_000,
  statements: 50,
  depth: 24,
  operators: 150,
  tests: 50,
  name: 200,
} as const;

/**
 * What a parameter is to a policy. A `long` is a whole number, a `decimal` a number of at most 4 places after the point; a
 * `record` is only asked whether it is there, its fields are read one by one.
 */
export const policyValueTypes = [
  'string',
  'long',
  'decimal',
  'boolean',
  'strings',
  'longs',
  'decimals',
  'booleans',
  'record',
] as const;
/** One of `policyValueTypes`. */
export type PolicyValueType = (typeof policyValueTypes)[number];

/**
 * One place where a policy is asked about calls: what is `null` is not limited. With both `tools` and `classes` either is enough.
 */
export const policyPlaceSchema = z.strictObject({
  tools: z.array(z.string()).nullable(),
  classes: z.array(z.string()).nullable(),
  server: z.string().nullable(),
  environment: z.string().nullable(),
});
export type PolicyPlace = z.infer<typeof policyPlaceSchema>;

/** A parameter that a policy reads, as the tool's input schema had it when the policy was published. */
export const policyParameterSchema = z.strictObject({
  tool: z.string(),
  path: z.array(z.string()).min(1),
  type: z.enum(policyValueTypes),
});
export type PolicyParameter = z.infer<typeof policyParameterSchema>;

/**
 * What a guard knows about the risk of a call, for policies to read; nothing of it is the agent's word. What is absent is absent to
 * a policy too, and one that reads it without asking first denies (protocol G1).
 */
export const riskSignalsSchema = z.strictObject({
  /**
   * Calls of this agent in the last minute at this guard: those decided in the running second of control time and the 60 before it,
   * refused ones too, this one not. Counted from when a policy reads it; a guard that starts again begins at 0.
   */
  recentRate: z.int().min(0).optional(),
  /**
   * Parameters whose values were found in the user's own request or in a directory that an admin curates, by their paths below
   * the arguments (`customer.email`): texts, and lists of texts of which every one was found.
   */
  provenance: z.array(z.string()).optional(),
  /**
   * The labels of the conversation so far: of what left this guard in it the lowest trust and the highest secrecy; `trusted` and
   * `public` where nothing did. Without a conversation in the token: of all that its agent, or agent and user, were given.
   */
  labels: z.strictObject({ trust: z.string().optional(), secrecy: z.string().optional() }).optional(),
  /** What the scorer says: 0 harmless to 1 dangerous, at most 4 places. */
  scorer: z.number().min(0).max(1).optional(),
});
export type RiskSignals = z.infer<typeof riskSignalsSchema>;
/** One of the signals. */
export type SignalName = keyof RiskSignals;
/** What is known of the first call of an agent, in a conversation that was given nothing yet, which the scorer finds harmless. */
export const calmSignals = {
  recentRate: 0,
  labels: { trust: 'trusted', secrecy: 'public' },
  scorer: 0,
} as const satisfies RiskSignals;

/** What a test of a policy can want: that it denies the call, holds it for approval, or has nothing against it. */
export const policyWants = ['deny', 'hold', 'pass'] as const;
/** One of `policyWants`. */
export type PolicyWant = (typeof policyWants)[number];

/**
 * A named assertion that is stored with a policy: asked about this call, it says what is wanted. `tool` is `server/tool`;
 * `conversation` holds the attributes of the conversation's record, `null` for none; `time` is ISO 8601 with a zone, default
 * 2026-01-01 12:00 UTC, a Thursday.
 */
export const policyTestSchema = z.strictObject({
  name: z.string().trim().min(1, 'say in a sentence what is tested').max(policyLimits.name),
  call: z.strictObject({
    agent: slugSchema,
    role: slugSchema,
    task: taskSchema,
    tool: z.string().refine(isToolId, 'name the tool as server/tool'),
    arguments: z.record(z.string(), z.unknown()).default({}),
    user: z.string().max(320).nullable().default(null),
    conversation: conversationAttributesSchema.nullable().default(null),
    time: z.iso.datetime({ offset: true, error: 'write the time as 2026-01-01T12:00:00Z' }).nullable().default(null),
    signals: riskSignalsSchema.default({}),
  }),
  want: z.enum(policyWants, { error: 'want deny, hold or pass' }),
});
export type PolicyTest = z.infer<typeof policyTestSchema>;

function isToolId(text: string): boolean {
  const at = text.indexOf('/');
  return slugSchema.safeParse(text.slice(0, at)).success && toolNameSchema.safeParse(text.slice(at + 1)).success;
}
