import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../authorisation/allow.js';
import { QuotaUsage } from './quota-usage.model.js';
import { QuotaUsageQueries } from './quota-usage.queries.js';

@Resolver()
export class QuotaUsageResolver {
  constructor(private readonly queries: QuotaUsageQueries) {}

  @Query(() => [QuotaUsage], { description: 'How much of the quotas of a grant is used, by whom and where.' })
  @Allow('read')
  quotaUsage(
    @Args('grant', { type: () => ID }) grant: string,
    @Args('past', { type: () => Boolean, defaultValue: false, description: 'Also windows that are over.' })
    past: boolean,
  ): Promise<QuotaUsage[]> {
    return this.queries.ofGrant(grant, past);
  }

  @Query(() => [QuotaUsage], {
    description: 'The same over every live grant, of the windows that are not over and are counted for this agent.',
  })
  @Allow('read')
  agentQuotaUsage(@Args('agent', { type: () => ID }) agent: string): Promise<QuotaUsage[]> {
    return this.queries.ofAgent(agent);
  }
}
