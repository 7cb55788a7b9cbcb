import { Module } from '@nestjs/common';
import { AccessQueries } from './access.queries.js';
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
