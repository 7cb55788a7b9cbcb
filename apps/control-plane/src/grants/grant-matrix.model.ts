import { Field, Int, ObjectType } from '@nestjs/graphql';
import { z } from 'zod';
import { Grant } from './grant.model.js';

@ObjectType({ description: 'One role on one tool or tool class.' })
export class GrantMatrixRow {
  @Field(() => String)
  role!: string;

  @Field(() => String, { description: 'The id of the tool, or the class.' })
  what!: string;

  @Field(() => Boolean)
  isClass!: boolean;

  @Field(() => [Grant], { description: 'In every environment, oldest first.' })
  grants!: readonly Grant[];
}

@ObjectType()
export class GrantMatrix {
  @Field(() => Int, { description: 'How many rows there are.' })
  total!: number;

  @Field(() => Int, { description: 'How many of them match the filter.' })
  matching!: number;

  @Field(() => [GrantMatrixRow])
  rows!: readonly GrantMatrixRow[];
}

export const grantPageSchema = z.object({
  filter: z.string().max(200, 'use at most 200 characters'),
  first: z.int().min(1, 'use 1 to 200').max(200, 'use 1 to 200'),
  skip: z.int().min(0, 'use 0 or more').max(1_000_000, 'use at most 1000000'),
});
