import { killSwitchScopeSchema, type KillSwitchScope } from '@portcullis/contracts';
import { Field, ID, InputType } from '@nestjs/graphql';
import { z } from 'zod';
import { KillSwitchScopeEnum } from '../graphql/enums.js';

@InputType()
export class EngageKillSwitchInput {
  @Field(() => ID, { description: 'A UUID made by the client: repeating the mutation with it is harmless.' })
  id!: string;

  @Field(() => KillSwitchScopeEnum)
  scope!: KillSwitchScope;

  @Field(() => String, { defaultValue: '' })
  target!: string;

  @Field(() => String, { defaultValue: '' })
  reason!: string;
}

export const engageKillSwitchSchema = z.object({
  id: z.uuid('use a UUID'),
  scope: killSwitchScopeSchema,
  target: z.string().max(256),
  reason: z.string().max(500),
});
