import { Module } from '@nestjs/common';
import { AssignmentsModule } from '../assignments/assignments.module.js';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { KillSwitchModule } from '../kill-switch/kill-switch.module.js';
import { AgentSettingsCommands } from './agent-settings.commands.js';
import { AgentSettingsResolver } from './agent-settings.resolver.js';
import { AgentsCommands } from './agents.commands.js';
import { AgentsQueries } from './agents.queries.js';
import { AgentsResolver } from './agents.resolver.js';

@Module({
  imports: [AssignmentsModule, CredentialsModule, KillSwitchModule],
  providers: [AgentsResolver, AgentSettingsResolver, AgentsCommands, AgentSettingsCommands, AgentsQueries],
})
export class AgentsModule {}
