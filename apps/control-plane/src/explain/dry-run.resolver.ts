import { Args, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../authorisation/allow.js';
import { parseInput } from '../graphql/parse-input.js';
import { DryRunInput, dryRunSchema } from './dry-run.input.js';
import { DryRun } from './dry-run.model.js';
import { DryRunQueries } from './dry-run.queries.js';

@Resolver()
export class DryRunResolver {
  constructor(private readonly runs: DryRunQueries) {}

  @Query(() => DryRun, {
    description: 'What would change if: recorded calls, asked again with a change laid upon the head.',
  })
  @Allow('read')
  dryRun(@Args('input') input: DryRunInput): Promise<DryRun> {
    return this.runs.dryRun(parseInput(dryRunSchema, input));
  }
}
