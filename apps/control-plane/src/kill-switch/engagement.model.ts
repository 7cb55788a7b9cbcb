import type { KillSwitchScope } from '@portcullis/contracts';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { KillSwitchScopeEnum } from '../graphql/enums.js';
import { InstantScalar } from '../graphql/instant.scalar.js';

@ObjectType()
export class Engagement {
  @Field(() => ID)
  id!: string;

  @Field(() => KillSwitchScopeEnum)
  scope!: KillSwitchScope;

  @Field(() => String)
  target!: string;

  @Field(() => String)
  status!: string;

  @Field(() => String)
  reason!: string;

  @Field(() => String)
  engagedBy!: string;

  @Field(() => InstantScalar)
  engagedAt!: Date;

  @Field(() => Int)
  revision!: number;
}

@ObjectType()
export class EngagementPayload {
  @Field(() => Engagement)
  engagement!: Engagement;

  @Field(() => Int)
  revision!: number;
}

@ObjectType()
export class StopTicketPayload {
  @Field(() => String)
  ticket!: string;

  @Field(() => String)
  url!: string;

  @Field(() => InstantScalar)
  expiresAt!: number;

  @Field(() => Int)
  revision!: number;
}
