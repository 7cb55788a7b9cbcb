import type { CheckName, CheckOutcome, UnlockKind } from '@portcullis/policy';
import type { DecisionOutcome, ReasonCode, Task } from '@portcullis/contracts';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { ObservedDecision } from '../decisions/observed.model.js';
import { TaskEnum } from '../graphql/enums.js';
import { InstantScalar } from '../graphql/instant.scalar.js';
import { JsonScalar } from '../graphql/json.scalar.js';

@ObjectType({ description: 'Why a check said no.' })
export class ExplainedDenial {
  @Field(() => String)
  reason!: ReasonCode;

  @Field(() => String, { nullable: true })
  rule!: string | null;

  @Field(() => String)
  detail!: string;
}

@ObjectType({ description: 'The grants a check was asked about.' })
export class ExplainedGrants {
  @Field(() => [String], { description: 'The rules of those that passed.' })
  left!: readonly string[];

  @Field(() => [ExplainedDenial], { description: 'What was said about each that did not.' })
  dropped!: readonly ExplainedDenial[];
}

@ObjectType({ description: 'One check as it went.' })
export class ExplainedCheck {
  @Field(() => ID)
  name!: CheckName;

  @Field(() => Int, { description: 'Its place in the order of the ten steps of a decision.' })
  step!: number;

  @Field(() => String)
  question!: string;

  @Field(() => String, { description: '`passed`, `denied` or `not-reached`.' })
  outcome!: CheckOutcome;

  @Field(() => ExplainedDenial, { nullable: true, description: 'Where this check denied the call.' })
  denial!: ExplainedDenial | null;

  @Field(() => ExplainedGrants, { nullable: true, description: 'Where it was asked about grants.' })
  grants!: ExplainedGrants | null;
}

@ObjectType({ description: 'One thing to change.' })
export class UnlockChange {
  @Field(() => String)
  kind!: UnlockKind;

  @Field(() => String, { description: 'What to do, in words.' })
  text!: string;

  @Field(() => Int, { description: 'How many people it takes.' })
  people!: number;

  @Field(() => JsonScalar, { description: 'The objects it is about, by name.' })
  values!: unknown;

  @Field(() => [String], { description: 'What the arguments have to satisfy; empty unless they are what to change.' })
  mustSatisfy!: readonly string[];
}

@ObjectType({ description: 'What would have to change for the call to be allowed.' })
export class Unlock {
  @Field(() => Boolean)
  isPossible!: boolean;

  @Field(() => [UnlockChange], { description: 'All of them together; none when the call is allowed as it is.' })
  changes!: readonly UnlockChange[];

  @Field(() => String, { nullable: true, description: 'Why nothing can be changed.' })
  why!: string | null;
}

@ObjectType({ description: 'What a guard that holds this revision answers, and why.' })
export class CallExplanation {
  @Field(() => String, { description: '`allow`, `deny` or `hold`.' })
  outcome!: DecisionOutcome;

  @Field(() => String, { nullable: true })
  reason!: ReasonCode | null;

  @Field(() => String, { nullable: true, description: '`kind:id` of the object that spoke.' })
  rule!: string | null;

  @Field(() => String, { nullable: true })
  detail!: string | null;

  @Field(() => ObservedDecision, {
    nullable: true,
    description: 'Set when it is allowed only because the environment is observed.',
  })
  observed!: ObservedDecision | null;

  @Field(() => Int)
  revision!: number;

  @Field(() => InstantScalar, { description: 'The time it was decided for.' })
  at!: Date;

  @Field(() => ID)
  environment!: string;

  @Field(() => ID)
  role!: string;

  @Field(() => TaskEnum)
  task!: Task;

  @Field(() => ID, {
    nullable: true,
    description: 'The credential the token would be from; null when the agent has none.',
  })
  credential!: string | null;

  @Field(() => ID, { nullable: true })
  user!: string | null;

  @Field(() => [String], { description: 'What is done about the call when it is allowed, in words.' })
  obligations!: readonly string[];

  @Field(() => [ExplainedCheck], { description: 'Every check, in the order in which they are asked.' })
  checks!: readonly ExplainedCheck[];

  @Field(() => Unlock)
  unlock!: Unlock;
}
