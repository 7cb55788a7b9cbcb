import { slugSchema } from '@portcullis/contracts';
import { Field, ID, InputType } from '@nestjs/graphql';
import { z } from 'zod';

@InputType()
export class CreateEnvironmentInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;
}

export const createEnvironmentSchema = z.object({
  id: slugSchema,
  name: z.string().trim().min(1, 'give it a name').max(200),
});
