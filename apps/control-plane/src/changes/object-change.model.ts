import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { InstantScalar } from '../graphql/instant.scalar.js';
import { JsonScalar } from '../graphql/json.scalar.js';

@ObjectType({ description: 'One object as a revision of the change log left it.' })
export class ObjectChange {
  @Field(() => Int)
  revision!: number;

  @Field(() => InstantScalar)
  at!: Date;

  @Field(() => String)
  kind!: string;

  @Field(() => ID)
  object!: string;

  @Field(() => String, { description: 'One sentence.' })
  text!: string;

  @Field(() => JsonScalar, { nullable: true, description: 'The whole value; null when the object left.' })
  value!: unknown;
}
