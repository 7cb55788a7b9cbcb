import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ObservedToolEntity } from '../servers/observed-tool.entity.js';
import { ServerEntity } from '../servers/server.entity.js';
import { ToolEntity } from '../servers/tool.entity.js';
import { DefinitionDiffQueries } from './definition-diff.queries.js';
import { ToolsCommands } from './tools.commands.js';
import { ToolsQueries } from './tools.queries.js';
import { ToolsResolver } from './tools.resolver.js';

@Module({
  imports: [TypeOrmModule.forFeature([ServerEntity, ToolEntity, ObservedToolEntity])],
  providers: [ToolsResolver, ToolsCommands, ToolsQueries, DefinitionDiffQueries],
  exports: [ToolsQueries],
})
export class ToolsModule {}
