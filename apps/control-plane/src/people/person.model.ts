import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { Viewer } from '../authorisation/viewer.js';

@ObjectType()
export class Person {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  email!: string;

  @Field(() => String)
  name!: string;

  @Field(() => [String])
  permissions!: string[];
}

export function personFrom(viewer: Viewer): Person {
  return { id: viewer.personId, email: viewer.email, name: viewer.name, permissions: [...viewer.permissions] };
}
