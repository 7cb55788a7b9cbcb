import { constraintSchema, slugSchema, taskSchema, type Task } from '@portcullis/contracts';
import { constraintProblem } from '@portcullis/policy';
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

  @Field(() => InstantScalar, { nullable: true })
  notBefore?: number | null;

  @Field(() => InstantScalar, { nullable: true })
  notAfter?: number | null;

  @Field(() => Float, { defaultValue: 0 })
  staleSeconds!: number;
}

const optional = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().transform((value) => value ?? null);
const instant = optional(z.int().max(8.64e15, 'is not a date'));

const longestConstraints = 32_768;
const understoodConstraint = constraintSchema.superRefine((constraint, context) => {
  const problem = constraintProblem(constraint);
  if (problem) context.addIssue({ code: 'custom', path: [...problem.path], message: problem.message });
});

export const createGrantSchema = z
  .object({
    role: z.string(),
    environment: z.string(),
    toolId: optional(z.string()),
    toolClass: optional(slugSchema),
    task: taskSchema,
    constraints: z
      .array(understoodConstraint)
      .max(50, 'use at most 50 constraints')
      .refine(
        (constraints) => JSON.stringify(constraints).length <= longestConstraints,
        `together they are longer than ${longestConstraints} characters; use shorter lists or several grants`,
      ),
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
