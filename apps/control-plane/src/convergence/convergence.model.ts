import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { LineState } from '../graphql/enums.js';
import { InstantScalar } from '../graphql/instant.scalar.js';

@ObjectType({ description: 'One guard boot and how far a revision has got there.' })
export class ConvergenceLine {
  @Field(() => ID)
  server!: string;

  @Field(() => ID)
  guard!: string;

  @Field(() => ID)
  boot!: string;

  @Field(() => LineState)
  state!: LineState;

  @Field(() => Float, {
    nullable: true,
    description:
      "From the commit of the revision to the guard's word that it applied it, measured by the control plane.",
  })
  appliedMs!: number | null;

  @Field(() => Int, { nullable: true })
  heldRevision!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Milliseconds until the lease ends and the guard refuses by itself; null when applied.',
  })
  closesInMs!: number | null;
}

@ObjectType()
export class Convergence {
  @Field(() => Int)
  revision!: number;

  @Field(() => InstantScalar)
  committedAt!: Date;

  @Field(() => Int)
  total!: number;

  @Field(() => Int)
  applied!: number;

  @Field(() => Int)
  closedByExpiry!: number;

  @Field(() => Int)
  pending!: number;

  @Field(() => Float, { nullable: true, description: 'The slowest applied line.' })
  slowestMs!: number | null;

  @Field(() => [ConvergenceLine])
  lines!: ConvergenceLine[];
}
