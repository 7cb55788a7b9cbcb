import { Module } from '@nestjs/common';
import { EnvironmentsModule } from '../environments/environments.module.js';
import { ExplainModule } from '../explain/explain.module.js';
import { PolicyCatalogueSource } from '../policies/policy-catalogue.js';
import { PolicyFilesResolver } from './policy-files.resolver.js';
import { PolicyPlanQueries } from './policy-plan.queries.js';
import { PolicySnapshotQueries } from './policy-snapshot.queries.js';
import { PolicyCommands } from './policy.commands.js';

@Module({
  imports: [EnvironmentsModule, ExplainModule],
  providers: [PolicyFilesResolver, PolicyPlanQueries, PolicySnapshotQueries, PolicyCommands, PolicyCatalogueSource],
})
export class PolicyFilesModule {}
