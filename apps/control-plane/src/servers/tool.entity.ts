import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, Unique, type Relation } from 'typeorm';
import { momentOrNull, stampedNow, text } from '../database/columns.js';
import { ServerEntity } from './server.entity.js';

@Entity('tool')
@Unique('tool_server_id_name_key', ['serverId', 'name'])
export class ToolEntity {
  @PrimaryColumn({ ...text, primaryKeyConstraintName: 'tool_pkey' })
  id!: string;

  @Column({ ...text, name: 'server_id' })
  serverId!: string;

  @ManyToOne(() => ServerEntity)
  @JoinColumn({ name: 'server_id', foreignKeyConstraintName: 'tool_server_id_fkey' })
  server?: Relation<ServerEntity>;

  @Column(text)
  name!: string;

  @Column({ type: 'text', array: true, default: () => "'{}'" })
  classes!: string[];

  @Column({ type: 'boolean', default: false })
  demo!: boolean;

  @Column({ ...stampedNow, name: 'created_at' })
  createdAt!: Date;

  /** Null until its first definition is accepted. */
  @Column({ ...momentOrNull, name: 'pinned_at' })
  pinnedAt!: Date | null;
}
