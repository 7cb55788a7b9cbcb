import { Field, Int, ObjectType } from '@nestjs/graphql';

@ObjectType()
export class SocketTicketPayload {
  @Field(() => String)
  ticket!: string;

  @Field(() => Int)
  revision!: number;
}
