import { slugSchema, toolNameSchema } from '@portcullis/contracts';
import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { z } from 'zod';
import { toolClassesSchema } from '../tools/tool.inputs.js';

@InputType()
export class CreateServerInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => ID)
  environment!: string;

  @Field(() => String)
  resource!: string;
}

@InputType()
export class RegisterToolInput {
  @Field(() => ID)
  server!: string;

  @Field(() => String)
  name!: string;

  @Field(() => [String])
  classes!: string[];

  @Field(() => String, {
    nullable: true,
    description: 'The hash of the definition that was read; refused when the server says something else by now.',
  })
  definition?: string | null;
}

@InputType()
export class CreateJoinTokenInput {
  @Field(() => ID)
  server!: string;

  @Field(() => Int, { defaultValue: 3600 })
  expiresInSeconds!: number;
}

const resourceSchema = z
  .url({ protocol: /^https?$/, error: 'use the address of the MCP endpoint, such as https://example.org/mcp' })
  .refine((url) => !url.includes('#'), {
    error: 'an address of a resource has no fragment (RFC 8707)',
  });

export const createServerSchema = z.object({
  id: slugSchema,
  name: z.string().trim().min(1, 'give it a name').max(200),
  environment: z.string(),
  resource: resourceSchema,
});

export const registerToolSchema = z.object({
  server: z.string(),
  name: toolNameSchema,
  classes: toolClassesSchema,
  definition: z
    .string()
    .nullish()
    .transform((hash) => hash ?? null),
});

export const createJoinTokenSchema = z.object({
  server: z.string(),
  expiresInSeconds: z.int().min(60, 'give it at least a minute').max(604_800, 'give it at most a week'),
});
