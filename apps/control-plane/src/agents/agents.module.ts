import { Module } from '@nestjs/common';
import { AssignmentsModule } from '../assignments/assignments.module.js';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { KillSwitchModule } from '../kill-switch/kill-switch.module.js';
import { AgentsCommands } from './agents.commands.js';
import { AgentsQueries } from './agents.queries.js';
import { AgentsResolver } from './agents.resolver.js';

@Module({
  imports: [AssignmentsModule, CredentialsModule, KillSwitchModule],
  providers: [AgentsResolver, AgentsCommands, AgentsQueries],
})
export class AgentsModule {}
