import { openConversationSchema, type Task } from '@portcullis/contracts';
import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { TaskEnum } from '../graphql/enums.js';
import { JsonScalar } from '../graphql/json.scalar.js';

@InputType({ description: 'The signed-in person is the user; hosts use POST /oauth/conversations.' })
export class OpenConversationInput {
  @Field(() => ID, { description: 'A UUID made by whoever opens.' })
  id!: string;

  @Field(() => ID)
  agent!: string;

  @Field(() => [TaskEnum])
  tasks!: Task[];

  @Field(() => JsonScalar, { nullable: true, description: 'Without it there are none.' })
  attributes?: unknown;

  @Field(() => [String], { defaultValue: [] })
  digests!: string[];

  @Field(() => ID, { nullable: true, description: 'Where alone it may go on.' })
  environment?: string | null;

  @Field(() => Int, { defaultValue: 3600 })
  expiresInSeconds!: number;
}

export const openConversationInputSchema = openConversationSchema.omit({ subjectToken: true }).extend({
  attributes: openConversationSchema.shape.attributes.nullish().transform((given) => given ?? {}),
  environment: openConversationSchema.shape.environment.nullish().transform((given) => given ?? undefined),
});
