import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PoliciesCommands } from './policies.commands.js';
import { PoliciesQueries } from './policies.queries.js';
import { PoliciesResolver } from './policies.resolver.js';
import { PolicyCatalogueSource } from './policy-catalogue.js';
import { PolicyReviewEntity } from './policy-review.entity.js';
import { PolicyVersionEntity } from './policy-version.entity.js';
import { PolicyEntity } from './policy.entity.js';

@Module({
  imports: [TypeOrmModule.forFeature([PolicyEntity, PolicyVersionEntity, PolicyReviewEntity])],
  providers: [PoliciesResolver, PoliciesCommands, PoliciesQueries, PolicyCatalogueSource],
})
export class PoliciesModule {}
