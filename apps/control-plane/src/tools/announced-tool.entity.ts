import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { stampedNow, text } from '../database/columns.js';
import { GuardEntity } from '../servers/guard.entity.js';
import { ServerEntity } from '../servers/server.entity.js';

/** A tool in the newest catalogue of one guard. */
@Entity('announced_tool')
@Index('announced_tool_server', ['serverId', 'name'])
export class AnnouncedToolEntity {
  @PrimaryColumn({ ...text, name: 'guard_id', primaryKeyConstraintName: 'announced_tool_pkey' })
  guardId!: string;

  @ManyToOne(() => GuardEntity)
  @JoinColumn({ name: 'guard_id', foreignKeyConstraintName: 'announced_tool_guard_id_fkey' })
  guard?: Relation<GuardEntity>;

  @PrimaryColumn({ ...text, primaryKeyConstraintName: 'announced_tool_pkey' })
  name!: string;

  @Column({ ...text, name: 'server_id' })
  serverId!: string;

  @ManyToOne(() => ServerEntity)
  @JoinColumn({ name: 'server_id', foreignKeyConstraintName: 'announced_tool_server_id_fkey' })
  server?: Relation<ServerEntity>;

  @Column(text)
  hash!: string;

  @Column(text)
  catalogue!: string;

  @Column({ ...stampedNow, name: 'announced_at' })
  announcedAt!: Date;
}
