import { Field, ID, ObjectType } from '@nestjs/graphql';
import { JsonScalar } from '../graphql/json.scalar.js';

@ObjectType()
export class Tool {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true })
  description!: string | null;

  @Field(() => [String])
  classes!: string[];

  @Field(() => JsonScalar, { nullable: true })
  inputSchema!: unknown;
}

@ObjectType()
export class ObservedTool {
  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true })
  description!: string | null;

  @Field(() => JsonScalar, { nullable: true })
  inputSchema!: unknown;
}
