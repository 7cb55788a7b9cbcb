import type { DecisionOutcome, ReasonCode, Task } from '@portcullis/contracts';
import type { GrantGiven } from '@portcullis/policy';
import { ObservedDecision } from '../decisions/observed.model.js';
import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { TaskEnum } from '../graphql/enums.js';
import { InstantScalar } from '../graphql/instant.scalar.js';

@ObjectType({ description: 'A grant by which a tool may be called.' })
export class AccessGrant {
  @Field(() => String)
  rule!: string;

  @Field(() => [String], { description: 'What the arguments have to satisfy, in words; empty: whatever they are.' })
  conditions!: readonly string[];

  @Field(() => [String], { description: 'What is done about the call, in words.' })
  obligations!: readonly string[];

  @Field(() => String, {
    description: '`never`, `sometimes` or `always`: whether a person has to approve a call by it.',
  })
  approval!: GrantGiven['approval'];
}

@ObjectType({ description: 'What an agent may do with one tool, by one role, with a token for one task.' })
export class AccessRow {
  @Field(() => ID)
  server!: string;

  @Field(() => ID)
  environment!: string;

  @Field(() => ID, { description: '`server/name`.' })
  tool!: string;

  @Field(() => String)
  name!: string;

  @Field(() => [String])
  classes!: readonly string[];

  @Field(() => ID, { nullable: true, description: 'Null when the agent holds no role in the environment.' })
  role!: string | null;

  @Field(() => TaskEnum, { nullable: true })
  task!: Task | null;

  @Field(() => String, { description: '`allow`, `deny`, or `hold`: a person has to approve every call.' })
  outcome!: DecisionOutcome;

  @Field(() => String, { nullable: true })
  reason!: ReasonCode | null;

  @Field(() => String, { nullable: true, description: 'The rule that decides.' })
  rule!: string | null;

  @Field(() => String, { nullable: true })
  detail!: string | null;

  @Field(() => [AccessGrant], { description: 'Every grant that may allow or hold it; empty when it is denied.' })
  grants!: readonly AccessGrant[];

  @Field(() => ObservedDecision, {
    nullable: true,
    description: 'Set when it is allowed only because the environment is observed.',
  })
  observed!: ObservedDecision | null;
}

@ObjectType({ description: 'Tool x role x task of one agent, at one revision.' })
export class EffectiveAccess {
  @Field(() => ID)
  agent!: string;

  @Field(() => Int)
  revision!: number;

  @Field(() => InstantScalar, { description: 'The time it holds for.' })
  at!: Date;

  @Field(() => [AccessRow])
  rows!: readonly AccessRow[];
}

@ObjectType({ description: 'An agent that can, and the grant by which it can do most.' })
export class WhoCanRow {
  @Field(() => ID)
  agent!: string;

  @Field(() => ID)
  tool!: string;

  @Field(() => ID)
  role!: string;

  @Field(() => String, { description: '`allow`, or `hold`: once a person approves the call.' })
  outcome!: 'allow' | 'hold';

  @Field(() => TaskEnum, { description: 'The task its token must be for, or one that covers it.' })
  task!: Task;

  @Field(() => String)
  rule!: string;

  @Field(() => Float, { nullable: true, description: 'The largest number it can give; null without a limit.' })
  upTo!: number | null;

  @Field(() => [String], { description: 'What else the arguments have to satisfy, in words.' })
  conditions!: readonly string[];

  @Field(() => [String], { description: 'What is done about the call, in words.' })
  obligations!: readonly string[];
}

@ObjectType({ description: 'Told from the constraints of the grants, at one revision.' })
export class WhoCan {
  @Field(() => Int)
  revision!: number;

  @Field(() => InstantScalar, { description: 'The time it holds for.' })
  at!: Date;

  @Field(() => [WhoCanRow])
  agents!: readonly WhoCanRow[];
}
