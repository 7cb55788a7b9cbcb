import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { policyLimits } from '@portcullis/contracts';
import { z } from 'zod';
import { CreateGrantInput, createGrantSchema } from '../grants/create-grant.input.js';

@InputType({ description: 'A policy as it would be published.' })
export class DryRunPolicyInput {
  @Field(() => ID, { nullable: true, description: 'The policy it would take the place of; absent: a new one.' })
  id?: string | null;

  @Field(() => ID, { nullable: true, description: 'Where it would hold; absent: everywhere.' })
  environment?: string | null;

  @Field(() => String)
  text!: string;
}

@InputType({
  description: 'A change that is tried on what was called. Everything in it is laid upon the head together.',
})
export class DryRunInput {
  @Field(() => Int, { defaultValue: 24, description: 'How far back, in hours: 1 to 168.' })
  hours!: number;

  @Field(() => [CreateGrantInput], { defaultValue: [] })
  grants!: CreateGrantInput[];

  @Field(() => [ID], { defaultValue: [] })
  revoke!: string[];

  @Field(() => DryRunPolicyInput, { nullable: true })
  policy?: DryRunPolicyInput | null;

  @Field(() => [ID], { defaultValue: [], description: 'Policies that would be retired.' })
  retire!: string[];
}

const mostHours = 168;
const mostChanges = 20;

const optionalId = z
  .string()
  .nullish()
  .transform((id) => id ?? null);
const policySchema = z.object({
  id: optionalId,
  environment: optionalId,
  text: z.string().max(policyLimits.text, `a policy is at most ${policyLimits.text} characters long`),
});
const few = <Entry extends z.ZodType>(entry: Entry) =>
  z.array(entry).max(mostChanges, `try at most ${mostChanges} at a time`);

export const dryRunSchema = z
  .object({
    hours: z.int().min(1, 'use 1 to 168 hours').max(mostHours, 'use 1 to 168 hours'),
    grants: few(createGrantSchema),
    revoke: few(z.string()),
    policy: policySchema.nullish().transform((policy) => policy ?? null),
    retire: few(z.string()),
  })
  .refine(
    ({ grants, revoke, policy, retire }) => policy !== null || grants.length + revoke.length + retire.length > 0,
    { message: 'name a grant to give or to revoke, or a policy to publish or to retire', path: ['grants'] },
  );
export type DryRunAsked = z.infer<typeof dryRunSchema>;
