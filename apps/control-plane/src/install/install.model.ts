import { Field, Float, ObjectType } from '@nestjs/graphql';

@ObjectType()
export class Install {
  @Field(() => Boolean)
  claimed!: boolean;

  @Field(() => Boolean)
  demo!: boolean;

  @Field(() => String)
  version!: string;

  @Field(() => String, { description: 'Addresses of the kill lane, for when this console is not reachable.' })
  stopUrl!: string;

  @Field(() => Float)
  leaseSeconds!: number;
}
