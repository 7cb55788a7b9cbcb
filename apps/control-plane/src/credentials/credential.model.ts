import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { CredentialStatus } from '../graphql/enums.js';
import { InstantScalar } from '../graphql/instant.scalar.js';

@ObjectType()
export class Credential {
  @Field(() => ID)
  id!: string;

  @Field(() => ID)
  agent!: string;

  @Field(() => String, { description: 'The first characters of the secret, to recognise it by.' })
  prefix!: string;

  @Field(() => CredentialStatus)
  status!: CredentialStatus;

  @Field(() => String)
  createdBy!: string;

  @Field(() => InstantScalar)
  createdAt!: Date;

  @Field(() => InstantScalar, { nullable: true })
  expiresAt!: Date | null;

  @Field(() => InstantScalar, { nullable: true })
  lastUsedAt!: Date | null;

  @Field(() => InstantScalar, { nullable: true })
  revokedAt!: Date | null;
}

@ObjectType()
export class IssuedCredentialPayload {
  @Field(() => Credential)
  credential!: Credential;

  @Field(() => String, { description: 'Shown once.' })
  secret!: string;

  @Field(() => String)
  tokenUrl!: string;

  @Field(() => Int)
  revision!: number;
}
