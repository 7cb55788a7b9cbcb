import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Any, IsNull, Repository } from 'typeorm';
import { groupBy } from '../database/group-by.js';
import { AssignmentEntity } from './assignment.entity.js';
import type { Assignment } from './assignment.model.js';
import { windowState } from './window.js';

@Injectable()
export class AssignmentsQueries {
  constructor(@InjectRepository(AssignmentEntity) private readonly assignments: Repository<AssignmentEntity>) {}

  /** What each agent holds now. */
  async ofAgents(agents: readonly string[]): Promise<Map<string, Assignment[]>> {
    const rows = await this.assignments.find({
      where: { agentId: Any([...agents]), removedAt: IsNull() },
      order: { createdAt: 'ASC', id: 'ASC' },
    });
    const now = Date.now();
    const held = rows.map((row) => {
      const window = { notBefore: row.notBefore?.getTime() ?? null, notAfter: row.notAfter?.getTime() ?? null };
      const { id, agentId: agent, roleId: role, environmentId: environment } = row;
      return { id, agent, role, environment, ...window, state: windowState(window, now) };
    });
    return groupBy(held, (assignment) => assignment.agent);
  }
}
