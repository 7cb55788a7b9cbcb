import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { InstantScalar } from '../graphql/instant.scalar.js';
import { ObservedDecision } from './observed.model.js';

@ObjectType()
export class DecisionLabels {
  @Field(() => String, { nullable: true, description: '`trusted` or `untrusted`.' })
  trust!: string | null;

  @Field(() => String, { nullable: true, description: '`public`, `internal` or `secret`.' })
  secrecy!: string | null;
}

@ObjectType()
export class Decision {
  @Field(() => Float, { description: 'Position in the record; rises by insertion.' })
  position!: number;

  @Field(() => ID)
  id!: string;

  @Field(() => InstantScalar)
  at!: Date;

  @Field(() => InstantScalar)
  receivedAt!: Date;

  @Field(() => String)
  agent!: string;

  @Field(() => String, { nullable: true })
  instance!: string | null;

  @Field(() => String)
  server!: string;

  @Field(() => String)
  tool!: string;

  @Field(() => String)
  outcome!: string;

  @Field(() => String, { nullable: true })
  reason!: string | null;

  @Field(() => String, { nullable: true })
  rule!: string | null;

  @Field(() => String, { nullable: true })
  detail!: string | null;

  @Field(() => ObservedDecision, {
    nullable: true,
    description: 'Set when the call was allowed only because its environment was observed.',
  })
  observed!: ObservedDecision | null;

  @Field(() => Int)
  revision!: number;

  @Field(() => String, {
    nullable: true,
    description: '`ok`, `error`, `aborted` or `already-done` once the call has ended.',
  })
  result!: string | null;

  @Field(() => Float, { nullable: true })
  durationMs!: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'What its grant has kept of it: `digest`, hashes alone; `full`, what `openFullRecord` gives.',
  })
  auditLevel!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'In words, what of the result did not leave the guard because it could not be filtered, or all of it.',
  })
  withheld!: string | null;

  @Field(() => DecisionLabels, { nullable: true, description: 'What the result that left is labelled.' })
  labels!: DecisionLabels | null;
}

@ObjectType()
export class DecisionBatch {
  @Field(() => [Decision])
  decisions!: Decision[];

  @Field(() => Int)
  dropped!: number;

  @Field(() => Float, { description: 'Position after this batch; a gap means: ask again.' })
  through!: number;
}
