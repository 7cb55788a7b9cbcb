import type { Task } from '@portcullis/contracts';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { z } from 'zod';
import { TaskEnum } from '../graphql/enums.js';
import { InstantScalar } from '../graphql/instant.scalar.js';
import { grantPageSchema } from '../grants/grant-matrix.model.js';

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

@ObjectType({ description: 'A widening, and whose conversation it is.' })
export class WideningRow {
  @Field(() => Widening)
  widening!: Widening;

  @Field(() => ID)
  agent!: string;

  @Field(() => ID)
  environment!: string;
}

@ObjectType()
export class WideningPage {
  @Field(() => Int, { description: 'How many there are, active or over.' })
  total!: number;

  @Field(() => Int, { description: 'How many hold now.' })
  active!: number;

  @Field(() => Int, { description: 'How many of them match what was asked for.' })
  matching!: number;

  @Field(() => [WideningRow], { description: 'Active ones first, newest first.' })
  rows!: readonly WideningRow[];
}

export const wideningPageSchema = grantPageSchema.extend({
  agent: z
    .string()
    .nullish()
    .transform((agent) => agent ?? null),
});

@ObjectType()
export class WideningPayload {
  @Field(() => Widening)
  widening!: Widening;

  @Field(() => Int)
  revision!: number;
}
