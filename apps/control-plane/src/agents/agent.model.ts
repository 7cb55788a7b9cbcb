import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Assignment } from '../assignments/assignment.model.js';
import { Credential } from '../credentials/credential.model.js';
import { AgentStatus } from '../graphql/enums.js';
import { InstantScalar } from '../graphql/instant.scalar.js';
import { Engagement } from '../kill-switch/engagement.model.js';
import { Person } from '../people/person.model.js';
import { RotationPolicy } from './rotation-policy.model.js';

@ObjectType()
export class Agent {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String)
  description!: string;

  @Field(() => Person, { nullable: true })
  owner!: Person | null;

  @Field(() => Boolean, { description: 'Nobody owns it, or who did is no longer here.' })
  ownerGone!: boolean;

  @Field(() => [String])
  tags!: string[];

  @Field(() => AgentStatus)
  status!: AgentStatus;

  @Field(() => Boolean)
  demo!: boolean;

  @Field(() => InstantScalar)
  createdAt!: Date;

  @Field(() => ID, { nullable: true, description: 'The service account that may open conversations for it.' })
  host!: string | null;

  @Field(() => RotationPolicy, { nullable: true })
  rotationPolicy!: RotationPolicy | null;

  @Field(() => [Credential])
  credentials!: Credential[];

  @Field(() => [Assignment])
  assignments!: Assignment[];

  @Field(() => InstantScalar, { nullable: true })
  lastDecisionAt!: Date | null;

  @Field(() => Int)
  deniedLastDay!: number;

  @Field(() => [Engagement])
  stoppedBy!: Engagement[];
}

@ObjectType()
export class AgentPayload {
  @Field(() => Agent)
  agent!: Agent;

  @Field(() => Int)
  revision!: number;
}
