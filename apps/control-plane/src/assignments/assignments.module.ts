import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AssignmentEntity } from './assignment.entity.js';
import { AssignmentsCommands } from './assignments.commands.js';
import { AssignmentsQueries } from './assignments.queries.js';
import { AssignmentsResolver } from './assignments.resolver.js';

@Module({
  imports: [TypeOrmModule.forFeature([AssignmentEntity])],
  providers: [AssignmentsResolver, AssignmentsCommands, AssignmentsQueries],
  exports: [AssignmentsQueries],
})
export class AssignmentsModule {}
