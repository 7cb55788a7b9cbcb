import { secrecyLabels, trustLabels, type RiskSignals } from '@portcullis/contracts';
import { Field, Float, InputType, Int } from '@nestjs/graphql';
import { z } from 'zod';

@InputType({ description: 'The labels of a conversation. Default for each: the lowest.' })
export class LabelsInput {
  @Field(() => String, { nullable: true, description: '`trusted` or `untrusted`.' })
  trust?: string | null;

  @Field(() => String, { nullable: true, description: '`public`, `internal` or `secret`.' })
  secrecy?: string | null;
}

@InputType({ description: 'What a guard would know about the risk of a call.' })
export class RiskSignalsInput {
  @Field(() => Int, { nullable: true, description: 'Calls of the agent in the minute before. Default: 0.' })
  recentRate?: number | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Parameters whose values a trusted party registered. Default: those for which that is so.',
  })
  provenance?: string[] | null;

  @Field(() => LabelsInput, { nullable: true, description: 'Default: nothing was read in the conversation.' })
  labels?: LabelsInput | null;

  @Field(() => Float, { nullable: true, description: 'What the scorer says, at most 4 places. Default: 0, harmless.' })
  scorer?: number | null;
}

const places = 10_000;

/** What is not given is left out, so that its default holds. */
export const riskSignalsInputSchema = z
  .object({
    recentRate: z.int().min(0, 'use 0 or more').nullish(),
    provenance: z.array(z.string().max(1000)).max(100, 'name at most 100 parameters').nullish(),
    labels: z
      .object({
        trust: z.enum(trustLabels, { error: 'use trusted or untrusted' }).nullish(),
        secrecy: z.enum(secrecyLabels, { error: 'use public, internal or secret' }).nullish(),
      })
      .nullish(),
    scorer: z
      .number()
      .min(0, 'use 0 to 1')
      .max(1, 'use 0 to 1')
      .refine((score) => Math.round(score * places) / places === score, 'use at most 4 places')
      .nullish(),
  })
  .nullish()
  .transform((given): RiskSignals => {
    const { recentRate, provenance, labels, scorer } = given ?? {};
    return {
      ...(recentRate == null ? {} : { recentRate }),
      ...(provenance == null ? {} : { provenance }),
      ...(labels == null
        ? {}
        : { labels: { trust: labels.trust ?? trustLabels[0], secrecy: labels.secrecy ?? secrecyLabels[0] } }),
      ...(scorer == null ? {} : { scorer }),
    };
  });
