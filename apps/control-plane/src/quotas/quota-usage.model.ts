import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { InstantScalar } from '../graphql/instant.scalar.js';

@ObjectType({ description: 'What one guard counted, and what it holds of an amount that is limited.' })
export class QuotaShare {
  @Field(() => ID)
  guard!: string;

  @Field(() => ID, { nullable: true })
  server!: string | null;

  @Field(() => Float)
  used!: number;

  @Field(() => Float, { description: 'Of an amount: what it was handed and has neither used nor returned.' })
  held!: number;

  @Field(() => InstantScalar, {
    nullable: true,
    description: 'When the guard last reported; what it counted since is not in here.',
  })
  reportedAt!: Date | null;
}

@ObjectType({ description: 'A quota in one window, as guards last reported.' })
export class QuotaUsage {
  @Field(() => ID)
  grant!: string;

  @Field(() => String, { description: 'The tool or the class of tools that is granted.' })
  what!: string;

  @Field(() => String, { description: 'The quota in words, such as `at most 3 calls an hour per agent`.' })
  text!: string;

  @Field(() => Int, { description: 'The place of the obligation in the grant.' })
  obligation!: number;

  @Field(() => ID, { nullable: true, description: 'Null where it counts for a user, whichever agent acts.' })
  agent!: string | null;

  @Field(() => String, { nullable: true })
  user!: string | null;

  @Field(() => ID, { nullable: true })
  conversation!: string | null;

  @Field(() => InstantScalar)
  from!: Date;

  @Field(() => InstantScalar)
  until!: Date;

  @Field(() => Float, { description: 'Calls, or the amount.' })
  limit!: number;

  @Field(() => Float)
  used!: number;

  @Field(() => [QuotaShare])
  shares!: QuotaShare[];
}
