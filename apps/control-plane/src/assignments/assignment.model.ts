import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';

@ObjectType()
export class Assignment {
  @Field(() => ID)
  id!: string;

  @Field(() => ID)
  agent!: string;

  @Field(() => ID)
  role!: string;

  @Field(() => ID)
  environment!: string;
}

@ObjectType()
export class AssignmentPayload {
  @Field(() => Assignment)
  assignment!: Assignment;

  @Field(() => Int)
  revision!: number;
}

@InputType()
export class AssignRoleInput {
  @Field(() => ID)
  agent!: string;

  @Field(() => ID)
  role!: string;

  @Field(() => ID)
  environment!: string;
}
