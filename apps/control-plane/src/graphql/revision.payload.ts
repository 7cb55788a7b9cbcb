import { Field, Int, ObjectType } from '@nestjs/graphql';

@ObjectType()
export class RevisionPayload {
  @Field(() => Int)
  revision!: number;
}
