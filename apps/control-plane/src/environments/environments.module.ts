import { Module } from '@nestjs/common';
import { EnvironmentsCommands } from './environments.commands.js';
import { EnvironmentsQueries } from './environments.queries.js';
import { EnvironmentsResolver } from './environments.resolver.js';
import { GrantProposalsQueries } from './grant-proposals.queries.js';
import { ObservationsCommands } from './observations.commands.js';

@Module({
  providers: [
    EnvironmentsResolver,
    EnvironmentsCommands,
    EnvironmentsQueries,
    ObservationsCommands,
    GrantProposalsQueries,
  ],
  exports: [EnvironmentsQueries],
})
export class EnvironmentsModule {}
