import type { Task } from '@portcullis/contracts';
import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { TaskEnum } from '../graphql/enums.js';
import { InstantScalar } from '../graphql/instant.scalar.js';
import { JsonScalar } from '../graphql/json.scalar.js';

@ObjectType()
export class Grant {
  @Field(() => ID)
  id!: string;

  @Field(() => ID)
  role!: string;

  @Field(() => ID)
  environment!: string;

  @Field(() => ID, { nullable: true })
  toolId!: string | null;

  @Field(() => String, { nullable: true })
  toolClass!: string | null;

  @Field(() => TaskEnum)
  task!: Task;

  @Field(() => [JsonScalar])
  constraints!: unknown[];

  @Field(() => [String], { description: 'The constraints in words, such as `amount at most 100`.' })
  constraintTexts!: string[];

  @Field(() => [JsonScalar])
  obligations!: unknown[];

  @Field(() => [String], {
    description: 'What is done about an allowed call, in words, such as `at most 3 calls an hour per agent`.',
  })
  obligationTexts!: string[];

  @Field(() => InstantScalar, { nullable: true })
  notBefore!: Date | null;

  @Field(() => InstantScalar, { nullable: true })
  notAfter!: Date | null;

  @Field(() => Float)
  staleSeconds!: number;

  @Field(() => ID, { nullable: true, description: 'It widens this conversation alone.' })
  conversation!: string | null;

  @Field(() => InstantScalar, { nullable: true })
  revokedAt!: Date | null;
}

@ObjectType()
export class GrantPayload {
  @Field(() => Grant)
  grant!: Grant;

  @Field(() => Int)
  revision!: number;
}
