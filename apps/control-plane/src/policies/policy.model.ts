import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { InstantScalar } from '../graphql/instant.scalar.js';
import { JsonScalar } from '../graphql/json.scalar.js';

@ObjectType()
export class PolicyVersion {
  @Field(() => Int)
  number!: number;

  @Field(() => String)
  name!: string;

  @Field(() => String)
  text!: string;

  @Field(() => [JsonScalar])
  tests!: unknown[];

  @Field(() => String)
  author!: string;

  @Field(() => InstantScalar)
  createdAt!: Date;

  @Field(() => Int, { nullable: true, description: 'The version whose text this one brought back.' })
  reverts!: number | null;

  @Field(() => String, { nullable: true })
  reviewedBy!: string | null;

  @Field(() => InstantScalar, { nullable: true })
  reviewedAt!: Date | null;

  @Field(() => String, { nullable: true })
  publishedBy!: string | null;

  @Field(() => InstantScalar, { nullable: true })
  publishedAt!: Date | null;

  @Field(() => Int, { nullable: true, description: 'The revision under which it was published.' })
  revision!: number | null;
}

@ObjectType()
export class Policy {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => ID, { nullable: true, description: 'Where it holds; null: in every environment.' })
  environment!: string | null;

  @Field(() => Int, { nullable: true, description: 'The version that guards ask; null: none is published.' })
  liveVersion!: number | null;

  @Field(() => Int)
  newestVersion!: number;

  @Field(() => Boolean, {
    description: 'Whether somebody else than the author has to review a version before it is published.',
  })
  needsReview!: boolean;

  @Field(() => InstantScalar, { nullable: true })
  retiredAt!: Date | null;

  @Field(() => [PolicyVersion], { description: 'Newest first.' })
  versions!: PolicyVersion[];
}

@ObjectType()
export class PolicyPayload {
  @Field(() => Policy)
  policy!: Policy;

  @Field(() => Int)
  revision!: number;
}

@ObjectType()
export class PolicyProblem {
  @Field(() => Int)
  line!: number;

  @Field(() => Int)
  column!: number;

  @Field(() => Int)
  endLine!: number;

  @Field(() => Int)
  endColumn!: number;

  @Field(() => String)
  message!: string;

  @Field(() => String, { nullable: true })
  suggestion!: string | null;
}

@ObjectType()
export class PolicyTestResult {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  want!: string;

  @Field(() => String, { description: '`deny`, `hold`, `pass`, or `error` where the policy failed on the call.' })
  got!: string;

  @Field(() => Boolean)
  passed!: boolean;

  @Field(() => String, { nullable: true })
  detail!: string | null;
}

@ObjectType()
export class PolicyCheck {
  @Field(() => [PolicyProblem])
  problems!: PolicyProblem[];

  @Field(() => [PolicyTestResult], { description: 'Empty while there are problems.' })
  results!: PolicyTestResult[];

  @Field(() => [ID], { description: 'The tools it speaks about now.' })
  tools!: string[];
}
