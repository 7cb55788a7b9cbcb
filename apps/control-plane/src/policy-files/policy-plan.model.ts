import type { AccessChange } from '@portcullis/policy';
import { Field, Int, ObjectType } from '@nestjs/graphql';
import { AccessDifference } from '../explain/grant-preview.model.js';
import { InstantScalar } from '../graphql/instant.scalar.js';

@ObjectType()
export class AccessChangeCount {
  @Field(() => String, { description: '`newly-allowed`, `newly-held`, `newly-denied` or `changed`.' })
  change!: AccessChange;

  @Field(() => Int)
  count!: number;
}

@ObjectType({ description: 'What applying would do. Nothing is changed by asking.' })
export class PolicyPlan {
  @Field(() => Int, { description: 'What it was made at: `basedOn` of `applyPolicy`.' })
  revision!: number;

  @Field(() => InstantScalar, { description: 'The time it holds for.' })
  at!: Date;

  @Field(() => Int, { description: 'How many objects would change for guards.' })
  changes!: number;

  @Field(() => [AccessChangeCount], { description: 'How many differences of each kind there are in all.' })
  counts!: readonly AccessChangeCount[];

  @Field(() => [AccessDifference], { description: 'Newly allowed first; at most 200.' })
  differences!: readonly AccessDifference[];
}

@ObjectType()
export class ApplyPolicyPayload {
  @Field(() => Int, { description: 'How many objects changed for guards.' })
  changes!: number;

  @Field(() => Int)
  revision!: number;
}
