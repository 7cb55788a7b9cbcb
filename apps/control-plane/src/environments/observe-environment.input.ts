import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { z } from 'zod';
import { InstantScalar } from '../graphql/instant.scalar.js';

export const longestObservationDays = 30;

@InputType({ description: 'Say `until` or `days`.' })
export class ObserveEnvironmentInput {
  @Field(() => ID)
  id!: string;

  @Field(() => InstantScalar, { nullable: true, description: 'At most 30 days from now.' })
  until?: number | null;

  @Field(() => Int, { nullable: true, description: '1 to 30.' })
  days?: number | null;

  @Field(() => String, { description: 'Why; shown to everybody while it lasts.' })
  reason!: string;
}

const daysMessage = `use 1 to ${longestObservationDays} days`;

export const observeEnvironmentSchema = z
  .object({
    id: z.string(),
    until: z.int().max(8.64e15, 'is not a date').nullish(),
    days: z.int(daysMessage).min(1, daysMessage).max(longestObservationDays, daysMessage).nullish(),
    reason: z.string().trim().min(1, 'say why').max(500, 'use at most 500 characters'),
  })
  .superRefine(({ until, days }, context) => {
    if ((until == null) === (days == null))
      context.addIssue({ code: 'custom', path: ['days'], message: 'say how many days, or until when; not both' });
  });
