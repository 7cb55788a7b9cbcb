import type { DecisionOutcome, ReasonCode } from '@portcullis/contracts';
import type { ReplayChange } from '@portcullis/policy';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { InstantScalar } from '../graphql/instant.scalar.js';

@ObjectType({ description: 'What is said of a call on one side of the change.' })
export class DryRunSide {
  @Field(() => String)
  outcome!: DecisionOutcome;

  @Field(() => String, { nullable: true })
  reason!: ReasonCode | null;

  @Field(() => String, { nullable: true })
  rule!: string | null;

  @Field(() => String, { nullable: true })
  detail!: string | null;
}

@ObjectType({ description: 'One recorded call that would be decided otherwise.' })
export class DryRunCall {
  @Field(() => ID, { description: 'The decision that was made then.' })
  decision!: string;

  @Field(() => InstantScalar)
  at!: Date;

  @Field(() => DryRunSide, { description: 'As it is decided today.' })
  before!: DryRunSide;

  @Field(() => DryRunSide)
  after!: DryRunSide;
}

@ObjectType({ description: 'The calls of one agent to one tool that would be decided otherwise in the same way.' })
export class DryRunGroup {
  @Field(() => String, { description: '`newly-allowed`, `newly-held` or `newly-denied`.' })
  change!: ReplayChange;

  @Field(() => ID)
  agent!: string;

  @Field(() => ID, { description: '`server/name`.' })
  tool!: string;

  @Field(() => ID)
  environment!: string;

  @Field(() => Int)
  count!: number;

  @Field(() => [DryRunCall], { description: 'The newest, at most five.' })
  calls!: DryRunCall[];
}

@ObjectType({ description: 'A change tried on what was called, by the function that decides in the guards.' })
export class DryRun {
  @Field(() => Int, { description: 'The revision that the change was laid upon.' })
  revision!: number;

  @Field(() => InstantScalar)
  from!: Date;

  @Field(() => InstantScalar)
  until!: Date;

  @Field(() => String, { description: 'The result in a sentence, what is newly allowed first.' })
  sentence!: string;

  @Field(() => Int, { description: 'Decisions in the window.' })
  decisions!: number;

  @Field(() => Int, { description: 'Those that were asked again.' })
  replayed!: number;

  @Field(() => Int, {
    description: 'Those whose agent, role or conversation has ended since: nothing about them can change.',
  })
  ended!: number;

  @Field(() => Int, { description: 'Those of which it is not known what was asked.' })
  notRecorded!: number;

  @Field(() => Int)
  newlyAllowed!: number;

  @Field(() => Int)
  newlyHeld!: number;

  @Field(() => Int)
  newlyDenied!: number;

  @Field(() => [DryRunGroup], { description: 'Newly allowed first, then held, then denied; the most frequent first.' })
  groups!: DryRunGroup[];

  @Field(() => [String], { description: 'What asking again cannot know.' })
  cannotKnow!: string[];
}
