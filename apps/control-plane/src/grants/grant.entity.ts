import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { Task } from '@portcullis/contracts';
import { momentOrNull, stampedNow, text, textOrNull } from '../database/columns.js';
import { ConversationEntity } from '../conversations/conversation.entity.js';
import { EnvironmentEntity } from '../environments/environment.entity.js';
import { RoleEntity } from '../roles/role.entity.js';
import { ToolEntity } from '../servers/tool.entity.js';

@Entity('grants')
@Index('grants_role', ['roleId', 'environmentId'])
@Index('grants_conversation', ['conversationId'], { where: 'conversation_id is not null' })
@Index('grants_widening_end', ['notAfter'], { where: 'conversation_id is not null and revoked_at is null' })
@Check('grants_check', '(tool_id is null) <> (tool_class is null)')
@Check(
  'grants_conversation_check',
  `conversation_id is null or (tool_id is not null and reason is not null and not_after is not null and not_after <= created_at + interval '24 hours')`,
)
@Check('grants_task_check', `task in ('lookup', 'update', 'execute')`)
@Check('grants_stale_seconds_check', 'stale_seconds between 0 and 60')
export class GrantEntity {
  @PrimaryColumn({ ...text, primaryKeyConstraintName: 'grants_pkey' })
  id!: string;

  @Column({ ...text, name: 'role_id' })
  roleId!: string;

  @ManyToOne(() => RoleEntity)
  @JoinColumn({ name: 'role_id', foreignKeyConstraintName: 'grants_role_id_fkey' })
  role?: Relation<RoleEntity>;

  @Column({ ...text, name: 'environment_id' })
  environmentId!: string;

  @ManyToOne(() => EnvironmentEntity)
  @JoinColumn({ name: 'environment_id', foreignKeyConstraintName: 'grants_environment_id_fkey' })
  environment?: Relation<EnvironmentEntity>;

  @Column({ ...textOrNull, name: 'tool_id' })
  toolId!: string | null;

  @ManyToOne(() => ToolEntity, { nullable: true })
  @JoinColumn({ name: 'tool_id', foreignKeyConstraintName: 'grants_tool_id_fkey' })
  tool?: Relation<ToolEntity> | null;

  @Column({ ...textOrNull, name: 'tool_class' })
  toolClass!: string | null;

  @Column(text)
  task!: Task;

  @Column({ type: 'jsonb', default: [] })
  constraints!: unknown[];

  @Column({ type: 'jsonb', default: [] })
  obligations!: unknown[];

  @Column({ ...momentOrNull, name: 'not_before' })
  notBefore!: Date | null;

  @Column({ ...momentOrNull, name: 'not_after' })
  notAfter!: Date | null;

  @Column({ type: 'real', default: 0, name: 'stale_seconds' })
  staleSeconds!: number;

  /** It widens this conversation alone. */
  @Column({ type: 'uuid', nullable: true, name: 'conversation_id' })
  conversationId!: string | null;

  @ManyToOne(() => ConversationEntity, { nullable: true, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'conversation_id', foreignKeyConstraintName: 'grants_conversation_id_fkey' })
  conversation?: Relation<ConversationEntity> | null;

  @Column(textOrNull)
  reason!: string | null;

  @Column({ ...text, name: 'created_by' })
  createdBy!: string;

  @Column({ ...stampedNow, name: 'created_at' })
  createdAt!: Date;

  /** Since when its use is recorded: before that, no use means nothing. */
  @Column({ ...stampedNow, name: 'uses_counted_since' })
  usesCountedSince!: Date;

  @Column({ ...momentOrNull, name: 'revoked_at' })
  revokedAt!: Date | null;
}
