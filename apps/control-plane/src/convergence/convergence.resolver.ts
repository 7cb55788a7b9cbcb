import { Args, Int, Resolver, Subscription } from '@nestjs/graphql';
import { z } from 'zod';
import { Allow } from '../authorisation/allow.js';
import { parseInput } from '../graphql/parse-input.js';
import { Convergence } from './convergence.model.js';
import { LiveConvergence } from './live-convergence.js';

const revisionSchema = z.object({ revision: z.int().min(0).nullish() });

@Resolver()
export class ConvergenceResolver {
  constructor(private readonly live: LiveConvergence) {}

  @Subscription(() => Convergence, {
    description:
      'How far a revision has got, on change, until every guard boot is applied or closed; without a revision: the head, for ever.',
    resolve: (convergence: Convergence) => convergence,
  })
  @Allow('read')
  convergence(
    @Args('revision', { type: () => Int, nullable: true }) revision: number | null | undefined,
  ): AsyncIterableIterator<Convergence> {
    return this.live.watch(parseInput(revisionSchema, { revision }).revision ?? null);
  }
}
