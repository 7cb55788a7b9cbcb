import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ObservedToolEntity } from './observed-tool.entity.js';
import { ServerEntity } from './server.entity.js';
import { ServersCommands } from './servers.commands.js';
import { ServersQueries } from './servers.queries.js';
import { ServersResolver } from './servers.resolver.js';
import { ToolEntity } from './tool.entity.js';

@Module({
  imports: [TypeOrmModule.forFeature([ServerEntity, ToolEntity, ObservedToolEntity])],
  providers: [ServersResolver, ServersCommands, ServersQueries],
})
export class ServersModule {}
