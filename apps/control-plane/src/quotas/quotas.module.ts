import { Module } from '@nestjs/common';
import { QuotaUsageQueries } from './quota-usage.queries.js';
import { QuotaUsageResolver } from './quota-usage.resolver.js';

@Module({ providers: [QuotaUsageResolver, QuotaUsageQueries] })
export class QuotasModule {}
