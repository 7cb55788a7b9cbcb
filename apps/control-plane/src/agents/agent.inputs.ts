import { slugSchema } from '@portcullis/contracts';
import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { z } from 'zod';

@InputType()
export class CreateAgentInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String, { defaultValue: '' })
  description!: string;

  @Field(() => [String], { defaultValue: [] })
  tags!: string[];

  @Field(() => ID, { nullable: true, description: 'A person; default: who makes it.' })
  owner?: string | null;
}

@InputType()
export class RenameAgentInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true })
  description?: string | null;
}

@InputType({ description: 'What is absent stays as it is.' })
export class UpdateAgentInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { nullable: true })
  name?: string | null;

  @Field(() => String, { nullable: true })
  description?: string | null;

  @Field(() => ID, { nullable: true })
  owner?: string | null;

  @Field(() => [String], { nullable: true })
  tags?: string[] | null;
}

@InputType()
export class SetRotationPolicyInput {
  @Field(() => ID)
  agent!: string;

  @Field(() => Int)
  intervalSeconds!: number;

  @Field(() => Int, { defaultValue: 900 })
  overlapSeconds!: number;

  @Field(() => Int, { defaultValue: 86_400 })
  warnSeconds!: number;
}

const optional = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().transform((value) => value ?? null);
const name = z.string().trim().min(1, 'give it a name').max(200);
const description = z.string().max(2000);
const tags = z
  .array(z.string().trim().min(1, 'a tag is not empty').max(64))
  .max(32, 'at most 32 tags')
  .transform((given) => [...new Set(given)].sort());

export const createAgentSchema = z.object({
  id: slugSchema,
  name,
  description,
  tags,
  owner: optional(z.string()),
});
export const renameAgentSchema = z
  .object({ id: z.string(), name, description: optional(description) })
  .transform((change) => ({ ...change, owner: null, tags: null }));
export const updateAgentSchema = z.object({
  id: z.string(),
  name: optional(name),
  description: optional(description),
  owner: optional(z.string()),
  tags: optional(tags),
});
