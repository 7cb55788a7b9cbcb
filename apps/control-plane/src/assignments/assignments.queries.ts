import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Any, IsNull, Repository } from 'typeorm';
import { groupBy } from '../database/group-by.js';
import { AssignmentEntity } from './assignment.entity.js';
import type { Assignment } from './assignment.model.js';

@Injectable()
export class AssignmentsQueries {
  constructor(@InjectRepository(AssignmentEntity) private readonly assignments: Repository<AssignmentEntity>) {}

  /** What each agent holds now. */
  async ofAgents(agents: readonly string[]): Promise<Map<string, Assignment[]>> {
    const rows = await this.assignments.find({
      where: { agentId: Any([...agents]), removedAt: IsNull() },
      order: { createdAt: 'ASC', id: 'ASC' },
    });
    const held = rows.map(({ id, agentId, roleId, environmentId }) => ({
      id,
      agent: agentId,
      role: roleId,
      environment: environmentId,
    }));
    return groupBy(held, (assignment) => assignment.agent);
  }
}
