import { Args, Float, ID, Int, Query, Resolver, Subscription } from '@nestjs/graphql';
import { z } from 'zod';
import { Allow } from '../authorisation/allow.js';
import { parseInput } from '../graphql/parse-input.js';
import { Decision, DecisionBatch } from './decision.model.js';
import { DecisionsQueries } from './decisions.queries.js';
import { LiveDecisions } from './live-decisions.js';

const pageSchema = z.object({
  first: z.int().min(1, 'ask for at least one').max(200, 'ask for at most 200'),
  before: z.int().min(0).nullish(),
});

@Resolver()
export class DecisionsResolver {
  constructor(
    private readonly queries: DecisionsQueries,
    private readonly live: LiveDecisions,
  ) {}

  @Query(() => [Decision], { description: "Newest first. `before` pages on by a decision's position." })
  @Allow('read')
  recentDecisions(
    @Args('first', { type: () => Int, defaultValue: 50 }) first: number,
    @Args('before', { type: () => Float, nullable: true }) before: number | null | undefined,
    @Args('agent', { type: () => ID, nullable: true }) agent: string | null | undefined,
    @Args('server', { type: () => ID, nullable: true }) server: string | null | undefined,
  ): Promise<Decision[]> {
    const page = parseInput(pageSchema, { first, before });
    return this.queries.recent({ agent, server }, page.first, page.before ?? null);
  }

  @Subscription(() => DecisionBatch, {
    description:
      'First message: the newest 50; then batches as they happen (at most 4 a second, `dropped` says how many were left out).',
    resolve: (batch: DecisionBatch) => batch,
  })
  @Allow('read')
  decisions(
    @Args('agent', { type: () => ID, nullable: true }) agent: string | null | undefined,
    @Args('server', { type: () => ID, nullable: true }) server: string | null | undefined,
  ): Promise<AsyncIterableIterator<DecisionBatch>> {
    return this.live.watch({ agent, server });
  }
}
