import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ToolsModule } from '../tools/tools.module.js';
import { ServerEntity } from './server.entity.js';
import { ServersCommands } from './servers.commands.js';
import { ServersQueries } from './servers.queries.js';
import { ServersResolver } from './servers.resolver.js';

@Module({
  imports: [TypeOrmModule.forFeature([ServerEntity]), ToolsModule],
  providers: [ServersResolver, ServersCommands, ServersQueries],
})
export class ServersModule {}
