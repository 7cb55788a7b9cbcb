import { Field, Int, ObjectType } from '@nestjs/graphql';
import { Convergence } from '../convergence/convergence.model.js';
import type { Later } from '../graphql/later.js';
import { Engagement } from '../kill-switch/engagement.model.js';

@ObjectType()
export class DecisionCounts {
  @Field(() => Int)
  allowed!: number;

  @Field(() => Int)
  denied!: number;

  @Field(() => Int)
  held!: number;

  @Field(() => Int)
  aborted!: number;
}

@ObjectType()
export class Overview {
  @Field(() => Int)
  revision!: number;

  @Field(() => Int)
  agents!: number;

  @Field(() => Int)
  servers!: number;

  @Field(() => [Engagement])
  engaged!: Later<Engagement[]>;

  @Field(() => Convergence)
  convergence!: Later<Convergence>;

  @Field(() => DecisionCounts, { description: 'Decisions of the last hour by outcome.' })
  lastHour!: Later<DecisionCounts>;
}
