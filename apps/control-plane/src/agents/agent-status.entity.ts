import { Check, Column, Entity, JoinColumn, OneToOne, PrimaryColumn, type Relation } from 'typeorm';
import { stampedNow, text } from '../database/columns.js';
import { AgentEntity } from './agent.entity.js';

/** Authority stands in a table of its own, so that no general edit can write it. */
@Entity('agent_status')
@Check('agent_status_status_check', `status in ('active', 'suspended', 'retired')`)
export class AgentStatusEntity {
  @PrimaryColumn({ ...text, name: 'agent_id', primaryKeyConstraintName: 'agent_status_pkey' })
  agentId!: string;

  @OneToOne(() => AgentEntity)
  @JoinColumn({ name: 'agent_id', foreignKeyConstraintName: 'agent_status_agent_id_fkey' })
  agent?: Relation<AgentEntity>;

  @Column(text)
  status!: 'active' | 'suspended' | 'retired';

  @Column({ ...text, name: 'changed_by' })
  changedBy!: string;

  @Column({ ...stampedNow, name: 'changed_at' })
  changedAt!: Date;
}
