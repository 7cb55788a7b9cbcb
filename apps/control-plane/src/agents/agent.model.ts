import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Assignment } from '../assignments/assignment.model.js';
import { Credential } from '../credentials/credential.model.js';
import { AgentStatus } from '../graphql/enums.js';
import { InstantScalar } from '../graphql/instant.scalar.js';
import type { Later } from '../graphql/later.js';
import { Engagement } from '../kill-switch/engagement.model.js';
import { Person } from '../people/person.model.js';

@ObjectType()
export class Agent {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String)
  description!: string;

  @Field(() => Person, { nullable: true })
  owner!: Later<Person | null>;

  @Field(() => AgentStatus)
  status!: AgentStatus;

  @Field(() => Boolean)
  demo!: boolean;

  @Field(() => InstantScalar)
  createdAt!: Date;

  @Field(() => [Credential])
  credentials!: Later<Credential[]>;

  @Field(() => [Assignment])
  assignments!: Later<Assignment[]>;

  @Field(() => InstantScalar, { nullable: true })
  lastDecisionAt!: Later<Date | null>;

  @Field(() => Int)
  deniedLastDay!: Later<number>;

  @Field(() => [Engagement])
  stoppedBy!: Later<Engagement[]>;
}

@ObjectType()
export class AgentPayload {
  @Field(() => Agent)
  agent!: Agent;

  @Field(() => Int)
  revision!: number;
}
