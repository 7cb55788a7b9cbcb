import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { AgentEntity } from '../agents/agent.entity.js';
import { moment, stampedNow, text } from '../database/columns.js';

@Entity('token_revocation')
@Index('token_revocation_end', ['expiresAt'])
export class TokenRevocationEntity {
  @PrimaryColumn({ ...text, primaryKeyConstraintName: 'token_revocation_pkey' })
  jti!: string;

  @Column({ ...text, name: 'agent_id' })
  agentId!: string;

  @ManyToOne(() => AgentEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'agent_id', foreignKeyConstraintName: 'token_revocation_agent_id_fkey' })
  agent?: Relation<AgentEntity>;

  @Column({ ...text, name: 'revoked_by' })
  revokedBy!: string;

  @Column({ ...stampedNow, name: 'revoked_at' })
  revokedAt!: Date;

  @Column({ ...moment, name: 'expires_at' })
  expiresAt!: Date;
}
