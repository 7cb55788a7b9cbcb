import { Field, Int, ObjectType } from '@nestjs/graphql';
import { InstantScalar } from '../graphql/instant.scalar.js';

@ObjectType()
export class SubjectTokenPayload {
  @Field(() => String, { description: 'Shown once; the subject_token of a token exchange (RFC 8693), of type jwt.' })
  subjectToken!: string;

  @Field(() => InstantScalar)
  expiresAt!: number;

  @Field(() => Int)
  revision!: number;
}
