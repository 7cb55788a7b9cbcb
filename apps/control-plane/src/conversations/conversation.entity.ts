import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { AgentEntity } from '../agents/agent.entity.js';
import { CredentialEntity } from '../credentials/credential.entity.js';
import { moment, momentOrNull, stampedNow, text, textOrNull } from '../database/columns.js';
import { EnvironmentEntity } from '../environments/environment.entity.js';

@Entity('conversation')
@Index('conversation_agent', ['agentId', 'openedAt'])
@Index('conversation_credential', ['credentialId'])
@Index('conversation_end', ['expiresAt'], { where: 'not left_feed' })
@Index('conversation_closed', ['closedAt'], { where: `status = 'closed' and not left_feed` })
@Index('conversation_open', ['credentialId'], { where: `status = 'open' and not left_feed` })
@Check('conversation_status_check', `status in ('open', 'closed')`)
export class ConversationEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'conversation_pkey' })
  id!: string;

  @Column({ ...text, name: 'agent_id' })
  agentId!: string;

  @ManyToOne(() => AgentEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'agent_id', foreignKeyConstraintName: 'conversation_agent_id_fkey' })
  agent?: Relation<AgentEntity>;

  @Column({ ...textOrNull, name: 'user_id' })
  userId!: string | null;

  @Column({ type: 'text', array: true })
  tasks!: string[];

  @Column({ type: 'jsonb', default: {} })
  attributes!: unknown;

  @Column({ type: 'text', array: true, default: () => "'{}'" })
  digests!: string[];

  @Column({ ...text, default: 'open' })
  status!: 'open' | 'closed';

  @Column({ ...text, name: 'opened_by' })
  openedBy!: string;

  /** The host's, when a host opened it. */
  @Column({ ...textOrNull, name: 'credential_id' })
  credentialId!: string | null;

  @ManyToOne(() => CredentialEntity, { onDelete: 'SET NULL' })
  @JoinColumn({ name: 'credential_id', foreignKeyConstraintName: 'conversation_credential_id_fkey' })
  credential?: Relation<CredentialEntity>;

  /** Where alone something may happen in it. */
  @Column({ ...textOrNull, name: 'environment_id' })
  environmentId!: string | null;

  @ManyToOne(() => EnvironmentEntity)
  @JoinColumn({ name: 'environment_id', foreignKeyConstraintName: 'conversation_environment_id_fkey' })
  environment?: Relation<EnvironmentEntity> | null;

  @Column({ ...stampedNow, name: 'opened_at' })
  openedAt!: Date;

  @Column({ ...moment, name: 'expires_at' })
  expiresAt!: Date;

  @Column({ ...textOrNull, name: 'closed_by' })
  closedBy!: string | null;

  @Column({ ...momentOrNull, name: 'closed_at' })
  closedAt!: Date | null;

  /** Its tombstone is on the feed: no token for it can be in time any more. */
  @Column({ type: 'boolean', name: 'left_feed', default: false })
  leftFeed!: boolean;
}
