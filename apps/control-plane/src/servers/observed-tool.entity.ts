import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { stampedNow, text, textOrNull } from '../database/columns.js';
import { ServerEntity } from './server.entity.js';

/** A tool as its server announces it, registered or not. */
@Entity('observed_tool')
export class ObservedToolEntity {
  @PrimaryColumn({ ...text, name: 'server_id', primaryKeyConstraintName: 'observed_tool_pkey' })
  serverId!: string;

  @ManyToOne(() => ServerEntity)
  @JoinColumn({ name: 'server_id', foreignKeyConstraintName: 'observed_tool_server_id_fkey' })
  server?: Relation<ServerEntity>;

  @PrimaryColumn({ ...text, primaryKeyConstraintName: 'observed_tool_pkey' })
  name!: string;

  @Column(textOrNull)
  description!: string | null;

  @Column({ type: 'jsonb', nullable: true, name: 'input_schema' })
  inputSchema!: unknown;

  @Column({ ...text, name: 'definition_hash' })
  definitionHash!: string;

  @Column({ ...stampedNow, name: 'observed_at' })
  observedAt!: Date;
}
