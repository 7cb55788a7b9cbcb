import type { Task } from '@portcullis/contracts';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { z } from 'zod';
import { TaskEnum } from '../graphql/enums.js';
import { InstantScalar } from '../graphql/instant.scalar.js';

/** How long a grant goes unused before that is said of it, in days. */
export const unusedDays = 30;

@ObjectType({
  description: `What a grant gives beyond what was called by it in ${unusedDays} days: a suggestion, no more.`,
})
export class GrantNarrowing {
  @Field(() => TaskEnum, {
    nullable: true,
    description: 'The least task of the tokens it was used with, where that is more than it asks for.',
  })
  task!: Task | null;

  @Field(() => [ID], {
    description: 'Of a tool class: the tools it was used for, at most 20 of them, where there are others.',
  })
  usedTools!: readonly string[];

  @Field(() => Int, { description: 'How many it was used for.' })
  usedCount!: number;

  @Field(() => Int, { description: `How many others were there for ${unusedDays} days and not called by it.` })
  unusedCount!: number;
}

@ObjectType({ description: 'When a grant last allowed a call, as guards reported.' })
export class GrantUse {
  @Field(() => ID)
  grant!: string;

  @Field(() => InstantScalar, { description: 'Since when its use is recorded, and it may have been used.' })
  since!: Date;

  @Field(() => InstantScalar, { nullable: true, description: 'To the minute; null: never since then.' })
  lastUsedAt!: Date | null;

  @Field(() => Int, { description: 'In days, from `since` or the last use on.' })
  unusedForDays!: number;

  @Field(() => Boolean, { description: `Whether it was not used for ${unusedDays} days.` })
  isUnused!: boolean;

  @Field(() => GrantNarrowing, {
    nullable: true,
    description: `Only of one that has stood for ${unusedDays} days and was used in the last ${unusedDays}.`,
  })
  narrowing!: GrantNarrowing | null;
}

export const grantUsesSchema = z.object({ ids: z.array(z.string().max(256)).max(1000, 'ask for at most 1000') });
