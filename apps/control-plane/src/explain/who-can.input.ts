import { argumentPathSchema } from '@portcullis/contracts';
import { Field, Float, ID, InputType } from '@nestjs/graphql';
import { z } from 'zod';

@InputType({ description: 'Which agents can call a tool, with more than so much of something?' })
export class WhoCanInput {
  @Field(() => String, { description: 'Its id, `server/name`, or its name: then at every server of the environment.' })
  tool!: string;

  @Field(() => ID)
  environment!: string;

  @Field(() => String, { nullable: true, description: 'The parameter asked about, such as `amount`.' })
  path?: string | null;

  @Field(() => Float, { nullable: true, description: 'With a number more than this. Default: any number.' })
  over?: number | null;
}

export const whoCanSchema = z
  .object({
    tool: z.string(),
    environment: z.string(),
    path: argumentPathSchema.nullish().transform((path) => path ?? undefined),
    over: z
      .number()
      .nullish()
      .transform((over) => over ?? undefined),
  })
  .refine(({ path, over }) => path !== undefined || over === undefined, {
    path: ['path'],
    message: 'name the parameter that is over this number',
  });
