import { taskSchema, type Task } from '@portcullis/contracts';
import { Field, ID, InputType } from '@nestjs/graphql';
import { z } from 'zod';
import { TaskEnum } from '../graphql/enums.js';
import { JsonScalar } from '../graphql/json.scalar.js';
import { RiskSignalsInput, riskSignalsInputSchema } from './risk-signals.input.js';

@InputType({ description: 'A call to be explained, as if made with a token issued now.' })
export class ExplainCallInput {
  @Field(() => ID)
  agent!: string;

  @Field(() => ID, { description: 'The server whose guard would decide; its environment is the token’s.' })
  server!: string;

  @Field(() => String, { description: 'The name the server announces.' })
  tool!: string;

  @Field(() => JsonScalar, { nullable: true, description: 'Default: none.' })
  arguments?: unknown;

  @Field(() => ID, { nullable: true, description: 'Default: the one role the agent holds there.' })
  role?: string | null;

  @Field(() => TaskEnum, { defaultValue: 'lookup' })
  task!: Task;

  @Field(() => ID, {
    nullable: true,
    description: 'Default: one with which the agent can get a token now, if it has any.',
  })
  credential?: string | null;

  @Field(() => String, { nullable: true })
  instance?: string | null;

  @Field(() => ID, { nullable: true, description: 'Default: the user of the conversation, if it has one.' })
  user?: string | null;

  @Field(() => ID, { nullable: true })
  conversation?: string | null;

  @Field(() => RiskSignalsInput, {
    nullable: true,
    description:
      'What policies read of its risk. Default: the first call of its minute, nothing read before it, found harmless.',
  })
  signals?: RiskSignalsInput | null;
}

const optional = z
  .string()
  .max(256)
  .nullish()
  .transform((text) => text ?? undefined);

export const explainCallSchema = z.object({
  agent: z.string(),
  server: z.string(),
  tool: z.string().min(1, 'name a tool').max(128, 'is longer than any tool’s name'),
  arguments: z
    .unknown()
    .optional()
    .transform((given) => given ?? {}),
  role: optional,
  task: taskSchema,
  credential: optional,
  instance: optional,
  user: optional,
  conversation: optional,
  signals: riskSignalsInputSchema,
});
