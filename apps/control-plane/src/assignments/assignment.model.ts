import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { WindowStateEnum } from '../graphql/enums.js';
import { InstantScalar } from '../graphql/instant.scalar.js';
import type { WindowState } from './window.js';

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

  @Field(() => InstantScalar, { nullable: true })
  notBefore!: number | null;

  @Field(() => InstantScalar, { nullable: true, description: 'The first moment at which it no longer holds.' })
  notAfter!: number | null;

  @Field(() => WindowStateEnum)
  state!: WindowState;
}

@ObjectType()
export class AssignmentPayload {
  @Field(() => Assignment)
  assignment!: Assignment;

  @Field(() => Int)
  revision!: number;
}
