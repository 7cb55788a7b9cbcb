import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { z } from 'zod';
import { InstantScalar } from '../graphql/instant.scalar.js';

@ObjectType({ description: 'A token with which a person’s scripts use this API, with that person’s permissions.' })
export class ApiToken {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String, { description: 'How it begins; the rest is not kept.' })
  prefix!: string;

  @Field(() => InstantScalar)
  createdAt!: Date;

  @Field(() => InstantScalar)
  expiresAt!: Date;

  @Field(() => InstantScalar, { nullable: true })
  lastUsedAt!: Date | null;

  @Field(() => InstantScalar, { nullable: true })
  revokedAt!: Date | null;
}

@ObjectType()
export class ApiTokenPayload {
  @Field(() => ApiToken)
  apiToken!: ApiToken;

  @Field(() => String, { description: 'Shown once. Send it as `Authorization: Bearer …`.' })
  token!: string;

  @Field(() => Int)
  revision!: number;
}

@InputType()
export class CreateApiTokenInput {
  @Field(() => String, { description: 'What it is for, such as `policy in CI`.' })
  name!: string;

  @Field(() => Int, { defaultValue: 90, description: '1 to 365.' })
  days!: number;
}

const daysMessage = 'use 1 to 365 days';

export const createApiTokenSchema = z.object({
  name: z.string().trim().min(1, 'say what it is for').max(200, 'use at most 200 characters'),
  days: z.int(daysMessage).min(1, daysMessage).max(365, daysMessage),
});
