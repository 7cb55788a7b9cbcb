import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GrantEntity } from './grant.entity.js';
import { GrantsCommands } from './grants.commands.js';
import { GrantsQueries } from './grants.queries.js';
import { GrantUsesQueries } from './grant-uses.queries.js';
import { GrantsResolver } from './grants.resolver.js';

@Module({
  imports: [TypeOrmModule.forFeature([GrantEntity])],
  providers: [GrantsResolver, GrantsCommands, GrantsQueries, GrantUsesQueries],
})
export class GrantsModule {}
