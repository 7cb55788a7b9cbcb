import { slugSchema } from '@portcullis/contracts';
import { Field, ID, InputType } from '@nestjs/graphql';
import { z } from 'zod';

@InputType()
export class SetToolClassesInput {
  @Field(() => ID)
  tool!: string;

  @Field(() => [String], { description: 'All of them. A tool without a class counts as `destructive`.' })
  classes!: string[];
}

@InputType()
export class DefinitionInput {
  @Field(() => ID)
  tool!: string;

  @Field(() => String, { description: 'Of a definition that the server has announced.' })
  hash!: string;
}

export const toolClassesSchema = z
  .array(slugSchema)
  .max(20, 'use at most 20 classes')
  .refine((classes) => new Set(classes).size === classes.length, 'one of them stands there twice');

export const setToolClassesSchema = z.object({ tool: z.string(), classes: toolClassesSchema });

export const definitionSchema = z.object({ tool: z.string(), hash: z.string().max(64) });
