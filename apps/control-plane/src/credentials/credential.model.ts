import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { CredentialKind } from '@portcullis/contracts';
import { CredentialKindEnum, CredentialStatus } from '../graphql/enums.js';
import { InstantScalar } from '../graphql/instant.scalar.js';
import { JsonScalar } from '../graphql/json.scalar.js';

@ObjectType()
export class Credential {
  @Field(() => ID)
  id!: string;

  @Field(() => ID)
  agent!: string;

  @Field(() => CredentialKindEnum)
  kind!: CredentialKind;

  @Field(() => String, {
    description:
      'To recognise it by: the first characters of the secret or of the key thumbprint, or the host of the key set.',
  })
  prefix!: string;

  @Field(() => JsonScalar, { nullable: true })
  publicJwk!: unknown;

  @Field(() => String, { nullable: true })
  jwksUri!: string | null;

  @Field(() => CredentialStatus)
  status!: CredentialStatus;

  @Field(() => String)
  createdBy!: string;

  @Field(() => InstantScalar)
  createdAt!: Date;

  @Field(() => InstantScalar, { nullable: true })
  notBefore!: Date | null;

  @Field(() => InstantScalar, { nullable: true })
  activatedAt!: Date | null;

  @Field(() => InstantScalar, { nullable: true })
  retiringSince!: Date | null;

  @Field(() => InstantScalar, { nullable: true, description: 'The end of its overlap.' })
  retiresAt!: Date | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'The credential that asked for this one by itself; null where a person issued or prepared it. A taint reaches what is derived.',
  })
  derivedFrom!: string | null;

  @Field(() => InstantScalar, { nullable: true })
  taintedAt!: Date | null;

  @Field(() => String, { nullable: true })
  taintReason!: string | null;

  @Field(() => InstantScalar, { nullable: true })
  expiresAt!: Date | null;

  @Field(() => InstantScalar, { nullable: true })
  lastUsedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'The address of its last use.' })
  lastUsedFrom!: string | null;

  @Field(() => ID, { nullable: true, description: 'The server that its last token was for.' })
  lastUsedServer!: string | null;

  @Field(() => InstantScalar, { nullable: true })
  revokedAt!: Date | null;
}

@ObjectType()
export class IssuedCredentialPayload {
  @Field(() => Credential)
  credential!: Credential;

  @Field(() => String, { nullable: true, description: 'Shown once; null for a key.' })
  secret!: string | null;

  @Field(() => String)
  tokenUrl!: string;

  @Field(() => Int)
  revision!: number;
}

@ObjectType()
export class CredentialPayload {
  @Field(() => Credential)
  credential!: Credential;

  @Field(() => Int)
  revision!: number;
}

@ObjectType()
export class TaintPayload {
  @Field(() => Credential)
  credential!: Credential;

  @Field(() => Int, { description: 'How many credentials were tainted, this one included.' })
  credentials!: number;

  @Field(() => Int, { description: 'How many open conversations went with them.' })
  conversations!: number;

  @Field(() => Int)
  revision!: number;
}
