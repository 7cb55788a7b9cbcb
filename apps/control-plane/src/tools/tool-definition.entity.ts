import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { momentOrNull, stampedNow, text, textOrNull } from '../database/columns.js';
import { ServerEntity } from '../servers/server.entity.js';

/** What a server said of a tool, registered or not, at some time. */
@Entity('tool_definition')
export class ToolDefinitionEntity {
  @PrimaryColumn({ ...text, name: 'server_id', primaryKeyConstraintName: 'tool_definition_pkey' })
  serverId!: string;

  @ManyToOne(() => ServerEntity)
  @JoinColumn({ name: 'server_id', foreignKeyConstraintName: 'tool_definition_server_id_fkey' })
  server?: Relation<ServerEntity>;

  @PrimaryColumn({ ...text, primaryKeyConstraintName: 'tool_definition_pkey' })
  name!: string;

  @PrimaryColumn({ ...text, primaryKeyConstraintName: 'tool_definition_pkey' })
  hash!: string;

  /** The text that is hashed; null when it was too long to be told. */
  @Column(textOrNull)
  definition!: string | null;

  @Column({ ...stampedNow, name: 'first_observed_at' })
  firstObservedAt!: Date;

  @Column({ ...text, name: 'first_guard_id' })
  firstGuardId!: string;

  @Column({ ...stampedNow, name: 'last_observed_at' })
  lastObservedAt!: Date;

  @Column({ ...text, name: 'last_guard_id' })
  lastGuardId!: string;

  @Column({ ...momentOrNull, name: 'accepted_at' })
  acceptedAt!: Date | null;

  @Column({ ...textOrNull, name: 'accepted_by' })
  acceptedBy!: string | null;

  @Column({ ...momentOrNull, name: 'withdrawn_at' })
  withdrawnAt!: Date | null;

  @Column({ ...textOrNull, name: 'withdrawn_by' })
  withdrawnBy!: string | null;
}
