import { Check, Column, Entity, Index, JoinColumn, ManyToOne, OneToOne, PrimaryColumn, type Relation } from 'typeorm';
import { stampedNow, text } from '../database/columns.js';
import { AgentEntity } from './agent.entity.js';

/** Which service account may open conversations for an agent: authority, so in a table of its own. */
@Entity('agent_host')
@Index('agent_host_host', ['hostId'])
@Check('agent_host_check', 'host_id <> agent_id')
export class AgentHostEntity {
  @PrimaryColumn({ ...text, name: 'agent_id', primaryKeyConstraintName: 'agent_host_pkey' })
  agentId!: string;

  @OneToOne(() => AgentEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'agent_id', foreignKeyConstraintName: 'agent_host_agent_id_fkey' })
  agent?: Relation<AgentEntity>;

  @Column({ ...text, name: 'host_id' })
  hostId!: string;

  @ManyToOne(() => AgentEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'host_id', foreignKeyConstraintName: 'agent_host_host_id_fkey' })
  host?: Relation<AgentEntity>;

  @Column({ ...text, name: 'set_by' })
  setBy!: string;

  @Column({ ...stampedNow, name: 'set_at' })
  setAt!: Date;
}
