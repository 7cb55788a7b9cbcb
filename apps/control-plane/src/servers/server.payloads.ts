import { Field, Int, ObjectType } from '@nestjs/graphql';
import { InstantScalar } from '../graphql/instant.scalar.js';

@ObjectType()
export class JoinTokenPayload {
  @Field(() => String, { description: 'Shown once.' })
  joinToken!: string;

  @Field(() => InstantScalar)
  expiresAt!: number;

  @Field(() => Int)
  revision!: number;
}
