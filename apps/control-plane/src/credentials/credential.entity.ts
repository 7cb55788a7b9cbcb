import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { AgentEntity } from '../agents/agent.entity.js';
import { momentOrNull, stampedNow, text } from '../database/columns.js';

@Entity('credential')
@Index('credential_agent', ['agentId'])
@Check('credential_kind_check', `kind in ('secret')`)
export class CredentialEntity {
  @PrimaryColumn({ ...text, primaryKeyConstraintName: 'credential_pkey' })
  id!: string;

  @Column({ ...text, name: 'agent_id' })
  agentId!: string;

  @ManyToOne(() => AgentEntity)
  @JoinColumn({ name: 'agent_id', foreignKeyConstraintName: 'credential_agent_id_fkey' })
  agent?: Relation<AgentEntity>;

  @Column({ ...text, default: 'secret' })
  kind!: string;

  @Column(text)
  prefix!: string;

  @Column({ ...text, name: 'secret_hash', select: false })
  secretHash!: string;

  @Column({ ...text, name: 'created_by' })
  createdBy!: string;

  @Column({ ...stampedNow, name: 'created_at' })
  createdAt!: Date;

  @Column({ ...momentOrNull, name: 'expires_at' })
  expiresAt!: Date | null;

  @Column({ ...momentOrNull, name: 'last_used_at' })
  lastUsedAt!: Date | null;
}
