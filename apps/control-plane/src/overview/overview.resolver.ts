import { Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../authorisation/allow.js';
import { Overview } from './overview.model.js';
import { OverviewQueries } from './overview.queries.js';

@Resolver()
export class OverviewResolver {
  constructor(private readonly queries: OverviewQueries) {}

  @Query(() => Overview)
  @Allow('read')
  overview(): Promise<Overview> {
    return this.queries.overview();
  }
}
