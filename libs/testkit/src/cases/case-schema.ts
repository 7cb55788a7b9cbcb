import { actorSchema, guardEventSchema, reasonCodes, riskSignalsSchema } from '@portcullis/contracts';
import { z } from 'zod';
import { definitionSchema, instantSchema, partsSchema } from './world-schema.js';

const decisionShape = guardEventSchema.options[0].shape;
const observedShape = decisionShape.observed.unwrap().unwrap().shape;

/** `fresh`, `severed`, or stale by so many seconds. */
const postureSchema = z.union([z.literal('fresh'), z.literal('severed'), z.strictObject({ stale: z.number() })]);

/** A call that was made before, in what it differs from the case's call. It was allowed and ran, at the same moment. */
const earlierSchema = z.strictObject({
  agent: z.string().optional(),
  credential: z.string().optional(),
  tool: z.string().optional(),
  arguments: z.unknown().optional(),
  scope: z.string().optional(),
  user: z.string().optional(),
  conversation: z.string().optional(),
  /** How often it was made. */
  times: z.int().min(1).default(1),
});

const givenSchema = partsSchema.extend({
  world: z.string(),
  /** What the state is complete up to, and what `want.revision` therefore is. */
  revision: z.int().min(1),
  posture: postureSchema,
  /** Control time. */
  now: instantSchema,
  earlier: z.array(earlierSchema).default([]),
});

/** Claims that differ from what the token endpoint would issue for the call. */
const tokenSchema = z.strictObject({
  aud: z.string().optional(),
  sub: z.string().optional(),
  client_id: z.string().optional(),
  environment: z.string().optional(),
  jti: z.string().optional(),
  user: z.string().optional(),
  act: actorSchema.optional(),
  via: z.array(z.string()).optional(),
  rev: z.int().min(0).optional(),
  expiresAt: instantSchema.optional(),
});

const scopePattern = /^((role:\S+|task:(lookup|update|execute)|instance:\S+)( (?=\S)|$))*$/;

const callSchema = z.strictObject({
  agent: z.string(),
  credential: z.string(),
  server: z.string(),
  tool: z.string(),
  arguments: z.unknown(),
  /** What the server says of the tool at the time of the call. Absent: it says nothing. */
  definition: definitionSchema.optional(),
  /** As a client sends it to the token endpoint: `role:` `task:` `instance:`. */
  scope: z
    .string()
    .regex(scopePattern, 'use role:…, task:lookup|update|execute and instance:…, with one space between'),
  user: z.string().optional(),
  conversation: z.string().optional(),
  token: tokenSchema.optional(),
  /**
   * The risk signals that a guard has by then: `given.earlier` must bring them about, but for `scorer`, which is what the host's
   * scorer says of every call. Absent: the host has no scorer.
   */
  signals: riskSignalsSchema.optional(),
});

const wantSchema = z.strictObject({
  outcome: z.enum(['allow', 'deny', 'hold']),
  reason: z.enum(reasonCodes).nullable(),
  rule: z.string().nullable(),
  revision: z.int().min(1),
});

const auditSchema = z
  .strictObject({
    outcome: decisionShape.outcome,
    reason: decisionShape.reason,
    rule: decisionShape.rule,
    agent: decisionShape.agent,
    instance: decisionShape.instance,
    credential: decisionShape.credential,
    role: decisionShape.role,
    task: decisionShape.task,
    tool: decisionShape.tool,
    detail: decisionShape.detail,
    audit: decisionShape.audit,
    observed: z.strictObject(observedShape).partial().nullable(),
    revision: z.int(),
  })
  .partial()
  .refine((audit) => Object.keys(audit).length > 0, 'name at least one field of the audit event');

/**
 * What the tool answers, as a `CallToolResult`, and what of it reaches the agent; `null`: nothing, the answer is withheld. `withheld`: what
 * the outcome says of that, for administrators.
 */
const answerSchema = z.strictObject({
  given: z.record(z.string(), z.unknown()),
  left: z.record(z.string(), z.unknown()).nullable(),
  withheld: z.string().optional(),
});

/** One case file. */
export const caseSchema = z
  .strictObject({
    case: z.string().min(10),
    given: givenSchema,
    call: callSchema,
    want: wantSchema,
    audit: auditSchema,
    answer: answerSchema.optional(),
  })
  .refine(({ want }) => (want.outcome === 'allow') === (want.reason === null), {
    path: ['want', 'reason'],
    message: 'an allowed call has reason null, every other has a reason',
  });
export type CaseText = z.infer<typeof caseSchema>;
