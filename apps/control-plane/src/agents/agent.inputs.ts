import { slugSchema } from '@portcullis/contracts';
import { Field, ID, InputType } from '@nestjs/graphql';
import { z } from 'zod';

@InputType()
export class CreateAgentInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String, { defaultValue: '' })
  description!: string;
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

const name = z.string().trim().min(1, 'give it a name').max(200);
const description = z.string().max(2000);

export const createAgentSchema = z.object({ id: slugSchema, name, description });
export const renameAgentSchema = z.object({
  id: z.string(),
  name,
  description: description.nullish().transform((text) => text ?? null),
});
