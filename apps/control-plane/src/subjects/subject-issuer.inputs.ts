import { ownIssuerId, slugSchema } from '@portcullis/contracts';
import { Field, ID, InputType } from '@nestjs/graphql';
import { z } from 'zod';

@InputType()
export class CreateSubjectIssuerInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String, { description: 'Its https address, exactly as `iss` of its tokens.' })
  issuer!: string;

  @Field(() => String, { description: 'Must be in `aud` of its tokens.' })
  audience!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The address of its keys, for an issuer without metadata; else its metadata names it.',
  })
  jwksUri?: string | null;
}

@InputType({ description: 'The whole of what may change: an absent jwksUri means where the metadata says.' })
export class UpdateSubjectIssuerInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String)
  audience!: string;

  @Field(() => String, { nullable: true })
  jwksUri?: string | null;

  @Field(() => Boolean)
  enabled!: boolean;
}

function isIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return protocol === 'https:' && username === '' && password === '' && !/[?#\s]/.test(text);
}

const changing = {
  name: z.string().trim().min(1, 'give it a name').max(200),
  audience: z.string().trim().min(1, 'say what its tokens have as aud').max(255),
  jwksUri: z
    .string()
    .nullish()
    .transform((value) => value ?? null),
};

export const createSubjectIssuerSchema = z.object({
  ...changing,
  id: slugSchema.refine((id) => id !== ownIssuerId, `${ownIssuerId} stands for our own sign-in; choose another`),
  issuer: z.string().max(2048).refine(isIssuer, 'must be an https address without user, query and fragment'),
});
export type CreateSubjectIssuer = z.infer<typeof createSubjectIssuerSchema>;

export const updateSubjectIssuerSchema = z.object({ ...changing, id: z.string(), enabled: z.boolean() });
export type UpdateSubjectIssuer = z.infer<typeof updateSubjectIssuerSchema>;
