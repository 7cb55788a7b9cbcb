import { taskSchema, type Task } from '@portcullis/contracts';
import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { z } from 'zod';
import { TaskEnum } from '../graphql/enums.js';
import { JsonScalar } from '../graphql/json.scalar.js';
import { createGrantSchema } from '../grants/create-grant.input.js';

@InputType()
export class WidenConversationInput {
  @Field(() => ID)
  conversation!: string;

  @Field(() => ID, { nullable: true, description: 'Default: the one role that its agent holds where the tool is.' })
  role?: string | null;

  @Field(() => ID)
  toolId!: string;

  @Field(() => TaskEnum)
  task!: Task;

  @Field(() => [JsonScalar], { defaultValue: [] })
  constraints!: unknown[];

  @Field(() => [JsonScalar], { defaultValue: [] })
  obligations!: unknown[];

  @Field(() => Int, { description: '1 to 1440; it ends with the conversation at the latest.' })
  minutes!: number;

  @Field(() => String)
  reason!: string;
}

export const longestMinutes = 1440;

export const widenConversationSchema = z.object({
  conversation: z.uuid('use the id of a conversation').transform((id) => id.toLowerCase()),
  role: z
    .string()
    .nullish()
    .transform((role) => role ?? null),
  toolId: z.string(),
  task: taskSchema,
  constraints: createGrantSchema.shape.constraints,
  obligations: createGrantSchema.shape.obligations,
  minutes: z
    .int(`use 1 to ${longestMinutes} whole minutes`)
    .min(1, `use 1 to ${longestMinutes} whole minutes`)
    .max(longestMinutes, `use 1 to ${longestMinutes} whole minutes: a day at most`),
  reason: z.string().trim().min(1, 'say why').max(500, 'use at most 500 characters'),
});
