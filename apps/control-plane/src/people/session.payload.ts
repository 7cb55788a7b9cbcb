import { Field, Int, ObjectType } from '@nestjs/graphql';
import { Person } from './person.model.js';

@ObjectType()
export class SessionPayload {
  @Field(() => Person)
  person!: Person;

  @Field(() => Int)
  revision!: number;

  @Field(() => String, { description: 'To be sent as `x-portcullis-csrf` with every mutation of this session.' })
  csrfToken!: string;
}
