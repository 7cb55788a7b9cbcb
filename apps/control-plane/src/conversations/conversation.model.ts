import type { Task } from '@portcullis/contracts';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { ConversationStatus, TaskEnum } from '../graphql/enums.js';
import { InstantScalar } from '../graphql/instant.scalar.js';
import { Widening } from '../widenings/widening.model.js';
import { JsonScalar } from '../graphql/json.scalar.js';

@ObjectType()
export class Conversation {
  @Field(() => ID)
  id!: string;

  @Field(() => ID)
  agent!: string;

  @Field(() => String, { nullable: true })
  user!: string | null;

  @Field(() => [TaskEnum])
  tasks!: Task[];

  @Field(() => JsonScalar)
  attributes!: unknown;

  @Field(() => Int, { description: 'How many values of the request are known by their digest.' })
  digests!: number;

  @Field(() => ID, {
    nullable: true,
    description: 'Where alone it may go on; without one wherever its agent holds a role.',
  })
  environment!: string | null;

  @Field(() => ConversationStatus)
  status!: ConversationStatus;

  @Field(() => String)
  openedBy!: string;

  @Field(() => ID, { nullable: true, description: "The host's, when a host opened it." })
  credential!: string | null;

  @Field(() => InstantScalar)
  openedAt!: Date;

  @Field(() => InstantScalar)
  expiresAt!: Date;

  @Field(() => [Widening], { description: 'What was granted for it alone, newest first.' })
  widenings!: Widening[];

  @Field(() => InstantScalar, { nullable: true })
  closedAt!: Date | null;

  @Field(() => String, { nullable: true })
  closedBy!: string | null;
}

@ObjectType()
export class ConversationPayload {
  @Field(() => Conversation)
  conversation!: Conversation;

  @Field(() => Int)
  revision!: number;
}
