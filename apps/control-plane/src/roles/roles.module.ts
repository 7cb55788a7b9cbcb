import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { RoleEntity } from './role.entity.js';
import { RolesCommands } from './roles.commands.js';
import { RolesQueries } from './roles.queries.js';
import { RolesResolver } from './roles.resolver.js';

@Module({
  imports: [TypeOrmModule.forFeature([RoleEntity])],
  providers: [RolesResolver, RolesCommands, RolesQueries],
})
export class RolesModule {}
