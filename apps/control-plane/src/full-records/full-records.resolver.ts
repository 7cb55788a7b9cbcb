import { Args, Context, Float, Mutation, Resolver } from '@nestjs/graphql';
import { z } from 'zod';
import { Allow } from '../authorisation/allow.js';
import type { RequestContext } from '../authorisation/request-context.js';
import { parseInput } from '../graphql/parse-input.js';
import { signedIn } from '../people/signed-in.js';
import { FullRecordPayload } from './full-record.model.js';
import { FullRecordsCommands } from './full-records.commands.js';

const askedSchema = z.object({ position: z.int().min(1) });

@Resolver()
export class FullRecordsResolver {
  constructor(private readonly commands: FullRecordsCommands) {}

  @Mutation(() => FullRecordPayload, {
    description:
      'What a call with the audit level `full` was asked with, and what left. That you read it is written down.',
  })
  @Allow('records:read')
  async openFullRecord(
    @Args('position', { type: () => Float, description: 'Of the decision.' }) position: number,
    @Context() context: RequestContext,
  ): Promise<FullRecordPayload> {
    const asked = parseInput(askedSchema, { position });
    const { value: record, revision } = await this.commands.open(signedIn(context), asked.position);
    return { record, revision };
  }
}
