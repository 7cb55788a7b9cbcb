import type { DecisionOutcome, ReasonCode, Task } from '@portcullis/contracts';
import type { AccessChange } from '@portcullis/policy';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { TaskEnum } from '../graphql/enums.js';
import { InstantScalar } from '../graphql/instant.scalar.js';
import { AccessGrant } from './access.model.js';

@ObjectType({ description: 'An access as it is on one side of a change.' })
export class AccessSide {
  @Field(() => String, { description: '`allow`, `deny`, or `hold`: a person has to approve every call.' })
  outcome!: DecisionOutcome;

  @Field(() => String, { nullable: true })
  reason!: ReasonCode | null;

  @Field(() => [AccessGrant])
  grants!: readonly AccessGrant[];
}

@ObjectType({ description: 'What a change does for one agent, tool and role.' })
export class AccessDifference {
  @Field(() => String, { description: '`newly-allowed`, `newly-held`, `newly-denied` or `changed`.' })
  change!: AccessChange;

  @Field(() => ID)
  agent!: string;

  @Field(() => ID)
  tool!: string;

  @Field(() => ID)
  role!: string;

  @Field(() => [TaskEnum])
  tasks!: readonly Task[];

  @Field(() => AccessSide, { nullable: true })
  before!: AccessSide | null;

  @Field(() => AccessSide, { nullable: true })
  after!: AccessSide | null;
}

@ObjectType({
  description: 'What a change would do to who may call what, at one revision. Nothing is changed by asking.',
})
export class GrantPreview {
  @Field(() => Int)
  revision!: number;

  @Field(() => InstantScalar, { description: 'The time it holds for.' })
  at!: Date;

  @Field(() => ID)
  environment!: string;

  @Field(() => Boolean, { description: 'Whether it gives anybody, now or once they hold the role, more than before.' })
  widens!: boolean;

  @Field(() => Int, { description: 'How many agents hold the role in the environment now.' })
  holders!: number;

  @Field(() => Int, { description: 'How many differences there are in all.' })
  total!: number;

  @Field(() => [AccessDifference], { description: 'Newly allowed first; at most 200.' })
  differences!: readonly AccessDifference[];
}
