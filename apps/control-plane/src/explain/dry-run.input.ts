import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { z } from 'zod';
import { CreateGrantInput, createGrantSchema } from '../grants/create-grant.input.js';

@InputType({
  description: 'A change that is tried on what was called: grants that would be given, grants that would be revoked.',
})
export class DryRunInput {
  @Field(() => Int, { defaultValue: 24, description: 'How far back, in hours: 1 to 168.' })
  hours!: number;

  @Field(() => [CreateGrantInput], { defaultValue: [] })
  grants!: CreateGrantInput[];

  @Field(() => [ID], { defaultValue: [] })
  revoke!: string[];
}

const mostHours = 168;
const mostChanges = 20;

export const dryRunSchema = z
  .object({
    hours: z.int().min(1, 'use 1 to 168 hours').max(mostHours, 'use 1 to 168 hours'),
    grants: z.array(createGrantSchema).max(mostChanges, `try at most ${mostChanges} at a time`),
    revoke: z.array(z.string()).max(mostChanges, `try at most ${mostChanges} at a time`),
  })
  .refine(({ grants, revoke }) => grants.length + revoke.length > 0, {
    message: 'name a grant to give or one to revoke',
    path: ['grants'],
  });
