import { Field, Int, ObjectType } from '@nestjs/graphql';

@ObjectType()
export class KillSwitchReach {
  @Field(() => Int)
  agents!: number;

  @Field(() => Int)
  servers!: number;

  @Field(() => Int)
  tools!: number;

  @Field(() => Int)
  callsLastMinute!: number;

  @Field(() => Int)
  inFlight!: number;

  @Field(() => Boolean, { description: 'False when the scope names nothing that exists.' })
  resolves!: boolean;
}
