import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { SigningKeyState } from '../graphql/enums.js';
import { InstantScalar } from '../graphql/instant.scalar.js';

@ObjectType()
export class SigningKey {
  @Field(() => ID)
  kid!: string;

  @Field(() => SigningKeyState)
  state!: SigningKeyState;

  @Field(() => InstantScalar)
  since!: Date;

  @Field(() => InstantScalar)
  notAfter!: Date;

  @Field(() => Int, {
    description:
      'Guards with a live lease that do not hold it yet while it is published, or still take it once it is withdrawn.',
  })
  guardsBehind!: number;
}

@ObjectType()
export class TokenSettings {
  @Field(() => Int)
  tokenLifeSeconds!: number;

  @Field(() => Int, { description: 'The least that may be set here (PORTCULLIS_LEAST_TOKEN_SECONDS).' })
  leastTokenLifeSeconds!: number;

  @Field(() => Boolean)
  requireDpop!: boolean;

  @Field(() => String)
  issuer!: string;

  @Field(() => String)
  tokenUrl!: string;

  @Field(() => [SigningKey], { description: 'The keys of tokens, newest first; a withdrawn one for 30 days more.' })
  signingKeys!: SigningKey[];

  @Field(() => InstantScalar, { nullable: true })
  changedAt!: Date | null;

  @Field(() => String, { nullable: true })
  changedBy!: string | null;
}

@ObjectType()
export class TokenSettingsPayload {
  @Field(() => TokenSettings)
  settings!: TokenSettings;

  @Field(() => Int)
  revision!: number;
}

@InputType()
export class UpdateTokenSettingsInput {
  @Field(() => Int, { description: 'Of tokens issued from now on; an overlap shorter than it kills tokens in hand.' })
  tokenLifeSeconds!: number;

  @Field(() => Boolean)
  requireDpop!: boolean;
}
