import { Field, ID, InputType } from '@nestjs/graphql';
import { z } from 'zod';
import { InstantScalar } from '../graphql/instant.scalar.js';

@InputType()
export class IssueCredentialInput {
  @Field(() => ID)
  agent!: string;

  @Field(() => InstantScalar, { nullable: true })
  expiresAt?: number | null;
}

export const issueCredentialSchema = z.object({
  agent: z.string(),
  expiresAt: z
    .int()
    .max(8.64e15, 'is not a date')
    .nullish()
    .transform((at) => at ?? null),
});
