import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { InstantScalar } from '../graphql/instant.scalar.js';

@ObjectType({ description: 'While it lasts, what grants and policies deny is recorded and runs.' })
export class Observation {
  @Field(() => InstantScalar, { description: 'It ends by itself then, whoever can or cannot be reached.' })
  until!: Date;

  @Field(() => InstantScalar)
  startedAt!: Date;

  @Field(() => String)
  startedBy!: string;

  @Field(() => String)
  reason!: string;
}

@ObjectType()
export class Environment {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String, { description: '`enforce` or `observe`.' })
  mode!: 'enforce' | 'observe';

  @Field(() => Observation, { nullable: true, description: 'The one that lasts now.' })
  observation!: Observation | null;
}

@ObjectType()
export class EnvironmentPayload {
  @Field(() => Environment)
  environment!: Environment;

  @Field(() => Int)
  revision!: number;
}
