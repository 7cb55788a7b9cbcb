import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { AgentEntity } from '../agents/agent.entity.js';
import { momentOrNull, stampedNow, text } from '../database/columns.js';
import { EnvironmentEntity } from '../environments/environment.entity.js';
import { RoleEntity } from '../roles/role.entity.js';

@Entity('assignment')
@Index('assignment_one_live', ['agentId', 'roleId', 'environmentId'], { unique: true, where: 'removed_at is null' })
@Index('assignment_end', ['notAfter'], { where: 'removed_at is null and not_after is not null' })
@Check('assignment_window_check', 'not_after > not_before')
export class AssignmentEntity {
  @PrimaryColumn({ ...text, primaryKeyConstraintName: 'assignment_pkey' })
  id!: string;

  @Column({ ...text, name: 'agent_id' })
  agentId!: string;

  @ManyToOne(() => AgentEntity)
  @JoinColumn({ name: 'agent_id', foreignKeyConstraintName: 'assignment_agent_id_fkey' })
  agent?: Relation<AgentEntity>;

  @Column({ ...text, name: 'role_id' })
  roleId!: string;

  @ManyToOne(() => RoleEntity)
  @JoinColumn({ name: 'role_id', foreignKeyConstraintName: 'assignment_role_id_fkey' })
  role?: Relation<RoleEntity>;

  @Column({ ...text, name: 'environment_id' })
  environmentId!: string;

  @ManyToOne(() => EnvironmentEntity)
  @JoinColumn({ name: 'environment_id', foreignKeyConstraintName: 'assignment_environment_id_fkey' })
  environment?: Relation<EnvironmentEntity>;

  @Column({ ...text, name: 'created_by' })
  createdBy!: string;

  @Column({ ...stampedNow, name: 'created_at' })
  createdAt!: Date;

  @Column({ ...momentOrNull, name: 'not_before' })
  notBefore!: Date | null;

  @Column({ ...momentOrNull, name: 'not_after' })
  notAfter!: Date | null;

  @Column({ ...momentOrNull, name: 'removed_at' })
  removedAt!: Date | null;
}
