import type { Task } from '@portcullis/contracts';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { TaskEnum } from '../graphql/enums.js';
import { InstantScalar } from '../graphql/instant.scalar.js';

@ObjectType({ description: 'A grant for one conversation and a limited time. `revokeGrant` takes it back.' })
export class Widening {
  @Field(() => ID)
  id!: string;

  @Field(() => ID)
  conversation!: string;

  @Field(() => ID)
  role!: string;

  @Field(() => ID)
  toolId!: string;

  @Field(() => TaskEnum)
  task!: Task;

  @Field(() => [String])
  constraintTexts!: string[];

  @Field(() => [String])
  obligationTexts!: string[];

  @Field(() => String)
  reason!: string;

  @Field(() => String)
  createdBy!: string;

  @Field(() => InstantScalar)
  createdAt!: Date;

  @Field(() => InstantScalar)
  notAfter!: Date;

  @Field(() => InstantScalar, { nullable: true, description: 'When it was taken back, or was over.' })
  revokedAt!: Date | null;
}

@ObjectType()
export class WideningPayload {
  @Field(() => Widening)
  widening!: Widening;

  @Field(() => Int)
  revision!: number;
}
