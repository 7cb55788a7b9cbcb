import { Field, InputType } from '@nestjs/graphql';
import { z } from 'zod';
import { longestPassword, shortestPassword } from '../people/password.js';

@InputType()
export class ClaimInstallInput {
  @Field(() => String)
  token!: string;

  @Field(() => String)
  email!: string;

  @Field(() => String)
  password!: string;

  @Field(() => String)
  name!: string;
}

export const claimInstallSchema = z.object({
  token: z.string().max(256),
  email: z
    .email('is not an e-mail address')
    .max(254)
    .transform((email) => email.toLowerCase()),
  password: z
    .string()
    .min(shortestPassword, `use at least ${shortestPassword} characters`)
    .max(longestPassword, `use at most ${longestPassword} characters`),
  name: z.string().trim().min(1, 'say who you are').max(200),
});
