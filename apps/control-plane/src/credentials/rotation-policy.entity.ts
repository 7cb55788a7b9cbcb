import { Check, Column, Entity, JoinColumn, OneToOne, PrimaryColumn, type Relation } from 'typeorm';
import { AgentEntity } from '../agents/agent.entity.js';
import { stampedNow, text } from '../database/columns.js';

@Entity('rotation_policy')
@Check('rotation_policy_interval_seconds_check', 'interval_seconds >= 1')
@Check('rotation_policy_overlap_seconds_check', 'overlap_seconds between 0 and 86400')
@Check('rotation_policy_warn_seconds_check', 'warn_seconds >= 0')
export class RotationPolicyEntity {
  @PrimaryColumn({ ...text, name: 'agent_id', primaryKeyConstraintName: 'rotation_policy_pkey' })
  agentId!: string;

  @OneToOne(() => AgentEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'agent_id', foreignKeyConstraintName: 'rotation_policy_agent_id_fkey' })
  agent?: Relation<AgentEntity>;

  @Column({ type: 'integer', name: 'interval_seconds' })
  intervalSeconds!: number;

  @Column({ type: 'integer', name: 'overlap_seconds', default: 900 })
  overlapSeconds!: number;

  @Column({ type: 'integer', name: 'warn_seconds', default: 86_400 })
  warnSeconds!: number;

  @Column({ ...text, name: 'set_by' })
  setBy!: string;

  @Column({ ...stampedNow, name: 'set_at' })
  setAt!: Date;
}
