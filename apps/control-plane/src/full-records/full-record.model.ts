import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { InstantScalar } from '../graphql/instant.scalar.js';
import { RevisionPayload } from '../graphql/revision.payload.js';

@ObjectType({ description: 'One side of a recorded call, as JSON text.' })
export class RecordedSide {
  @Field(() => Int, { description: 'Of the text in UTF-8.' })
  bytes!: number;

  @Field(() => String, { description: 'SHA-256 (base64url) of the text.' })
  hash!: string;

  @Field(() => String, { nullable: true, description: 'Null when it was too large to be kept, or its seal is broken.' })
  text!: string | null;

  @Field(() => Boolean, { description: 'Its hash is the one in the chained record of its guard.' })
  isAsReported!: boolean;
}

@ObjectType({ description: 'Somebody opened the record.' })
export class FullRecordReading {
  @Field(() => ID)
  person!: string;

  @Field(() => String, { nullable: true, description: 'Null when the person is not here any more.' })
  name!: string | null;

  @Field(() => Boolean, { description: 'It was done with an API token.' })
  isByToken!: boolean;

  @Field(() => InstantScalar)
  at!: Date;
}

@ObjectType({ description: 'What a call was asked with, and what of its result left.' })
export class FullRecord {
  @Field(() => ID)
  decision!: string;

  @Field(() => RecordedSide, { nullable: true, description: 'Null before its guard has sent it, and after 30 days.' })
  arguments!: RecordedSide | null;

  @Field(() => RecordedSide, { nullable: true, description: 'The same; null also when nothing left.' })
  result!: RecordedSide | null;

  @Field(() => [FullRecordReading], { description: 'Newest first, this one included; at most 100.' })
  readings!: FullRecordReading[];
}

@ObjectType()
export class FullRecordPayload extends RevisionPayload {
  @Field(() => FullRecord)
  record!: FullRecord;
}
