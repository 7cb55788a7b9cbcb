import { constraintSchema, obligationSchema, slugSchema, taskSchema, type Task } from '@portcullis/contracts';
import { constraintProblem, obligationProblem, type ConstraintProblem } from '@portcullis/policy';
import { Field, Float, ID, InputType } from '@nestjs/graphql';
import { z } from 'zod';
import { TaskEnum } from '../graphql/enums.js';
import { InstantScalar } from '../graphql/instant.scalar.js';
import { JsonScalar } from '../graphql/json.scalar.js';

@InputType()
export class CreateGrantInput {
  @Field(() => ID)
  role!: string;

  @Field(() => ID)
  environment!: string;

  @Field(() => ID, { nullable: true })
  toolId?: string | null;

  @Field(() => String, { nullable: true })
  toolClass?: string | null;

  @Field(() => TaskEnum)
  task!: Task;

  @Field(() => [JsonScalar], { defaultValue: [] })
  constraints!: unknown[];

  @Field(() => [JsonScalar], { defaultValue: [] })
  obligations!: unknown[];

  @Field(() => InstantScalar, { nullable: true })
  notBefore?: number | null;

  @Field(() => InstantScalar, { nullable: true })
  notAfter?: number | null;

  @Field(() => Float, { defaultValue: 0 })
  staleSeconds!: number;
}

const optional = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().transform((value) => value ?? null);
const instant = optional(z.int().max(8.64e15, 'is not a date'));

const longestTogether = 32_768;

/** What an engine says comes after what the form says, at the field it is about. */
const understood =
  <One>(problemOf: (one: One) => ConstraintProblem | undefined) =>
  (one: One, context: z.RefinementCtx) => {
    const problem = problemOf(one);
    if (problem) context.addIssue({ code: 'custom', path: [...problem.path], message: problem.message });
  };

const bounded = (most: number, what: string) =>
  z
    .array(z.unknown())
    .max(most, `use at most ${most} ${what}`)
    .refine(
      (all) => all.length > most || JSON.stringify(all).length <= longestTogether,
      `together they are longer than ${longestTogether} characters; use shorter lists or several grants`,
    );
const fewConstraints = bounded(50, 'constraints');
const fewObligations = bounded(20, 'obligations');

/** How many and how long they are, whatever each of them is. */
export const textBoundsSchema = z.object({ constraints: fewConstraints, obligations: fewObligations });

/** One constraint or obligation, as an engine understands it. */
export const understoodConstraint = constraintSchema.superRefine(understood(constraintProblem));
export const understoodObligation = obligationSchema.superRefine(understood(obligationProblem));

export const createGrantSchema = z
  .object({
    role: z.string(),
    environment: z.string(),
    toolId: optional(z.string()),
    toolClass: optional(slugSchema),
    task: taskSchema,
    // How many and how long comes before what each of them is, so that a long list costs nothing.
    constraints: fewConstraints.pipe(z.array(understoodConstraint)),
    obligations: fewObligations.pipe(z.array(understoodObligation)),
    notBefore: instant,
    notAfter: instant,
    staleSeconds: z.number().min(0, 'use 0 to 60 seconds').max(60, 'use 0 to 60 seconds'),
  })
  .superRefine((grant, context) => {
    const problem = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    if ((grant.toolId === null) === (grant.toolClass === null))
      problem('toolId', 'name one tool or one class of tools, not both');
    if (grant.notBefore !== null && grant.notAfter !== null && grant.notAfter <= grant.notBefore)
      problem('notAfter', 'must be later than notBefore');
  });
