import { Field, ID, ObjectType } from '@nestjs/graphql';

@ObjectType()
export class Environment {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;
}
