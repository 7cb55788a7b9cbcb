import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { InstantScalar } from '../graphql/instant.scalar.js';

@ObjectType({ description: 'An OIDC issuer whose users agents may act for.' })
export class SubjectIssuer {
  @Field(() => ID, { description: 'The first part of its users’ ids: `<id>:<sub>`.' })
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String, { description: 'Exactly as `iss` of its tokens.' })
  issuer!: string;

  @Field(() => String, { description: 'Must be in `aud` of its tokens.' })
  audience!: string;

  @Field(() => String, { nullable: true, description: 'Where its keys are; null: where its metadata says.' })
  jwksUri!: string | null;

  @Field(() => Boolean)
  enabled!: boolean;

  @Field(() => String)
  createdBy!: string;

  @Field(() => InstantScalar)
  createdAt!: Date;
}

@ObjectType()
export class SubjectIssuerPayload {
  @Field(() => SubjectIssuer)
  issuer!: SubjectIssuer;

  @Field(() => Int)
  revision!: number;
}
