import { Field, Int, ObjectType } from '@nestjs/graphql';
import { RotationStateEnum } from '../graphql/enums.js';
import { InstantScalar } from '../graphql/instant.scalar.js';
import type { RotationState } from './rotation-state.js';

@ObjectType()
export class RotationPolicy {
  @Field(() => Int)
  intervalSeconds!: number;

  @Field(() => Int)
  overlapSeconds!: number;

  @Field(() => Int)
  warnSeconds!: number;

  @Field(() => InstantScalar, { nullable: true, description: 'Null while the agent has no live credential.' })
  nextDueAt!: number | null;

  @Field(() => InstantScalar, { nullable: true, description: 'When a person was last warned about that credential.' })
  warnedAt!: Date | null;

  @Field(() => RotationStateEnum)
  state!: RotationState;
}
