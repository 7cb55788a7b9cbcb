import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { EnvironmentEntity } from './environment.entity.js';
import { EnvironmentsCommands } from './environments.commands.js';
import { EnvironmentsQueries } from './environments.queries.js';
import { EnvironmentsResolver } from './environments.resolver.js';

@Module({
  imports: [TypeOrmModule.forFeature([EnvironmentEntity])],
  providers: [EnvironmentsResolver, EnvironmentsCommands, EnvironmentsQueries],
})
export class EnvironmentsModule {}
