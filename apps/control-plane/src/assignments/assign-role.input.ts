import { Field, ID, InputType } from '@nestjs/graphql';
import { z } from 'zod';
import { InstantScalar } from '../graphql/instant.scalar.js';

@InputType()
export class AssignRoleInput {
  @Field(() => ID)
  agent!: string;

  @Field(() => ID)
  role!: string;

  @Field(() => ID)
  environment!: string;

  @Field(() => InstantScalar, { nullable: true })
  notBefore?: number | null;

  @Field(() => InstantScalar, { nullable: true, description: 'No token issued for the role outlives it.' })
  notAfter?: number | null;
}

const instant = z
  .int()
  .max(8.64e15, 'is not a date')
  .nullish()
  .transform((at) => at ?? null);

export const assignRoleSchema = z
  .object({ agent: z.string(), role: z.string(), environment: z.string(), notBefore: instant, notAfter: instant })
  .superRefine(({ notBefore, notAfter }, context) => {
    const problem = (message: string) => context.addIssue({ code: 'custom', path: ['notAfter'], message });
    if (notBefore !== null && notAfter !== null && notAfter <= notBefore) problem('must be later than notBefore');
    else if (notAfter !== null && notAfter <= Date.now()) problem('is in the past');
  });
