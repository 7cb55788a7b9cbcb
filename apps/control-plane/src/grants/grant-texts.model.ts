import { Field, ObjectType } from '@nestjs/graphql';
import type { z } from 'zod';
import { parseInput } from '../graphql/parse-input.js';
import { constraintText } from './constraint-text.js';
import { textBoundsSchema, understoodConstraint, understoodObligation } from './create-grant.input.js';
import { obligationText } from './obligation-text.js';

@ObjectType()
export class GrantPartProblem {
  @Field(() => String, {
    description: 'The field within the constraint or obligation, such as `value` or `where.0.pattern`.',
  })
  path!: string;

  @Field(() => String)
  message!: string;
}

@ObjectType({ description: 'One constraint or obligation in words, or what is wrong with it.' })
export class GrantPartText {
  @Field(() => String, { nullable: true, description: 'Null while something is wrong with it.' })
  text!: string | null;

  @Field(() => [GrantPartProblem])
  problems!: readonly GrantPartProblem[];
}

@ObjectType({ description: 'Each in the order in which it was asked about.' })
export class GrantTexts {
  @Field(() => [GrantPartText])
  constraints!: readonly GrantPartText[];

  @Field(() => [GrantPartText])
  obligations!: readonly GrantPartText[];
}

export function grantTexts(constraints: readonly unknown[], obligations: readonly unknown[]): GrantTexts {
  const bounded = parseInput(textBoundsSchema, { constraints, obligations });
  return {
    constraints: bounded.constraints.map((one) => partText(one, understoodConstraint, constraintText)),
    obligations: bounded.obligations.map((one) => partText(one, understoodObligation, obligationText)),
  };
}

function partText(one: unknown, schema: z.ZodType, textOf: (one: unknown) => string): GrantPartText {
  const parsed = schema.safeParse(one);
  if (parsed.success) return { text: textOf(parsed.data), problems: [] };
  const problems = parsed.error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message }));
  return { text: null, problems };
}
