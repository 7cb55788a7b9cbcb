import { Module } from '@nestjs/common';
import { AccessQueries } from './access.queries.js';
import { PolicyCatalogueSource } from '../policies/policy-catalogue.js';
import { DryRunEdits } from './dry-run-edits.js';
import { DryRunQueries } from './dry-run.queries.js';
import { DryRunResolver } from './dry-run.resolver.js';
import { ExplainQueries } from './explain.queries.js';
import { ExplainResolver } from './explain.resolver.js';
import { GrantPreviewQueries } from './grant-preview.queries.js';
import { GrantPreviewResolver } from './grant-preview.resolver.js';
import { HeadStates } from './head-states.js';

@Module({
  providers: [
    DryRunResolver,
    DryRunQueries,
    DryRunEdits,
    PolicyCatalogueSource,
    ExplainResolver,
    ExplainQueries,
    AccessQueries,
    GrantPreviewResolver,
    GrantPreviewQueries,
    HeadStates,
  ],
  exports: [HeadStates],
})
export class ExplainModule {}
