import { Args, ID, Int, Query, Resolver } from '@nestjs/graphql';
import { z } from 'zod';
import { Allow } from '../authorisation/allow.js';
import { parseInput } from '../graphql/parse-input.js';
import { ChangesQueries } from './changes.queries.js';
import { ObjectChange } from './object-change.model.js';

const pageSchema = z.object({ before: z.int().min(0).nullable(), first: z.int().min(1).max(200) });

@Resolver()
export class ChangesResolver {
  constructor(private readonly queries: ChangesQueries) {}

  @Query(() => [ObjectChange], { description: 'What has changed about an agent, newest first.' })
  @Allow('read')
  changes(
    @Args('agent', { type: () => ID }) agent: string,
    @Args('before', { type: () => Int, nullable: true }) before: number | null,
    @Args('first', { type: () => Int, defaultValue: 50 }) first: number,
  ): Promise<ObjectChange[]> {
    const page = parseInput(pageSchema, { before: before ?? null, first });
    return this.queries.ofAgent(agent, page.before, page.first);
  }
}
