import { Field, ID, InputType } from '@nestjs/graphql';
import { credentialKindSchema, type CredentialKind } from '@portcullis/contracts';
import { z } from 'zod';
import { CredentialKindEnum } from '../graphql/enums.js';
import { InstantScalar } from '../graphql/instant.scalar.js';
import { JsonScalar } from '../graphql/json.scalar.js';

@InputType()
export class IssueCredentialInput {
  @Field(() => ID)
  agent!: string;

  @Field(() => CredentialKindEnum, { defaultValue: 'secret' })
  kind!: CredentialKind;

  @Field(() => JsonScalar, { nullable: true, description: 'The public key of a private_key_jwt; this or jwksUri.' })
  publicJwk?: unknown;

  @Field(() => String, {
    nullable: true,
    description:
      'Where the public keys of a private_key_jwt are published (a JWK set, https). It is read at once, and anew at least every five minutes while it is used.',
  })
  jwksUri?: string | null;

  @Field(() => InstantScalar, { nullable: true })
  notBefore?: number | null;

  @Field(() => InstantScalar, { nullable: true })
  expiresAt?: number | null;
}

const optional = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().transform((value) => value ?? null);
const instant = optional(z.int().max(8.64e15, 'is not a date'));

export const issueCredentialSchema = z
  .object({
    agent: z.string(),
    kind: credentialKindSchema,
    publicJwk: z
      .unknown()
      .optional()
      .transform((value) => value ?? null),
    jwksUri: optional(z.string()),
    notBefore: instant,
    expiresAt: instant,
  })
  .superRefine(({ kind, publicJwk, jwksUri, notBefore, expiresAt }, context) => {
    const problem = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    if (kind === 'secret' && (publicJwk !== null || jwksUri !== null)) problem('kind', 'a secret has no key');
    if (kind === 'private_key_jwt' && (publicJwk === null) === (jwksUri === null))
      problem('publicJwk', 'give a public key or the address of its key set, not both');
    if (notBefore !== null && expiresAt !== null && expiresAt <= notBefore)
      problem('expiresAt', 'must be later than notBefore');
  });
export type IssueCredential = z.infer<typeof issueCredentialSchema>;
