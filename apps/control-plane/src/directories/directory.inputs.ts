import { identityFormSchema, slugSchema, type IdentityForm } from '@portcullis/contracts';
import { Field, ID, InputType } from '@nestjs/graphql';
import { z } from 'zod';
import { IdentityFormEnum } from '../graphql/enums.js';

@InputType()
export class CreateDirectoryInput {
  @Field(() => ID)
  id!: string;

  @Field(() => ID)
  environment!: string;

  @Field(() => String)
  name!: string;

  @Field(() => IdentityFormEnum, { description: 'The form of every entry; grants ask in the same one.' })
  holds!: IdentityForm;
}

@InputType()
export class DirectoryEntriesInput {
  @Field(() => ID)
  directory!: string;

  @Field(() => [String], { description: 'Up to 500 values in clear.' })
  values!: string[];
}

export const createDirectorySchema = z.object({
  id: slugSchema,
  environment: z.string(),
  name: z.string().trim().min(1, 'give it a name').max(200, 'use at most 200 characters'),
  holds: identityFormSchema,
});

/** One revision is made of one of these (P-B2). */
export const mostAtOnce = 500;

export const directoryEntriesSchema = z.object({
  directory: z.string(),
  values: z
    .array(z.string().trim().min(1, 'write a value').max(2048, 'use at most 2048 characters'))
    .min(1, 'name at least one value')
    .max(mostAtOnce, `name at most ${mostAtOnce} values; the rest with the next call`),
});
