import { policyLimits, policyTestSchema, slugSchema } from '@portcullis/contracts';
import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { z } from 'zod';
import { JsonScalar } from '../graphql/json.scalar.js';

@InputType()
export class SavePolicyDraftInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => ID, { nullable: true, description: 'Where it holds; null: in every environment. Fixed once it exists.' })
  environment?: string | null;

  @Field(() => String)
  text!: string;

  @Field(() => [JsonScalar], { defaultValue: [] })
  tests!: unknown[];

  @Field(() => Int, { nullable: true, description: 'The newest version you saw; null: the policy is new.' })
  basedOn?: number | null;
}

@InputType()
export class CheckPolicyInput {
  @Field(() => ID, { nullable: true })
  environment?: string | null;

  @Field(() => String)
  text!: string;

  @Field(() => [JsonScalar], { defaultValue: [] })
  tests!: unknown[];
}

@InputType()
export class PolicyVersionInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  version!: number;
}

@InputType()
export class SetPolicyReviewInput {
  @Field(() => ID)
  environment!: string;

  @Field(() => Boolean)
  required!: boolean;
}

const tests = z
  .array(policyTestSchema)
  .max(policyLimits.tests, `a policy has at most ${policyLimits.tests} tests`)
  .refine((all) => !holdsNul(all), 'no test may hold the character NUL');
const text = z
  .string()
  .max(policyLimits.text, `a policy is at most ${policyLimits.text} characters long`)
  .refine((all) => !holdsNul(all), 'a policy may not hold the character NUL');
const environment = z.string().nullable().default(null);

/** A draft may be wrong Cedar: it is saved as it stands, and only publishing asks for more. */
export const savePolicyDraftSchema = z.object({
  id: slugSchema,
  name: z.string().trim().min(1, 'give it a name').max(policyLimits.name),
  environment,
  text,
  tests: tests.refine(
    (all) => new Set(all.map(({ name }) => name)).size === all.length,
    'give each test a name of its own',
  ),
  basedOn: z.int().min(1).nullable().default(null),
});
export type SavePolicyDraft = z.infer<typeof savePolicyDraftSchema>;

/** The database keeps none. */
function holdsNul(value: unknown): boolean {
  return JSON.stringify(value).replaceAll('\\\\', '').includes('\\u0000');
}

export const checkPolicySchema = z.object({ environment, text, tests });
