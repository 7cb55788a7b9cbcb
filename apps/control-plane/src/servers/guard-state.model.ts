import type { Posture } from '@portcullis/contracts';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { PostureEnum } from '../graphql/enums.js';
import { InstantScalar } from '../graphql/instant.scalar.js';

@ObjectType()
export class GuardState {
  @Field(() => ID)
  guard!: string;

  @Field(() => ID)
  boot!: string;

  @Field(() => InstantScalar)
  enrolledAt!: Date;

  @Field(() => InstantScalar, { nullable: true })
  lastReportAt!: Date | null;

  @Field(() => Int, { nullable: true })
  heldRevision!: number | null;

  @Field(() => PostureEnum, { nullable: true })
  posture!: Posture | null;

  @Field(() => Int)
  inFlight!: number;

  @Field(() => InstantScalar, { nullable: true, description: 'When the lease last handed out ends.' })
  leaseUntil!: Date | null;

  @Field(() => Boolean)
  connected!: boolean;

  @Field(() => Boolean, { description: "True when the boot's records are known to be incomplete." })
  lossKnown!: boolean;
}
