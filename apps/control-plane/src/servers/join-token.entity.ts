import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { moment, momentOrNull, stampedNow, text } from '../database/columns.js';
import { ServerEntity } from './server.entity.js';

@Entity('join_token')
export class JoinTokenEntity {
  @PrimaryColumn({ ...text, primaryKeyConstraintName: 'join_token_pkey' })
  id!: string;

  @Column({ ...text, name: 'server_id' })
  serverId!: string;

  @ManyToOne(() => ServerEntity)
  @JoinColumn({ name: 'server_id', foreignKeyConstraintName: 'join_token_server_id_fkey' })
  server?: Relation<ServerEntity>;

  @Column({ ...text, name: 'secret_hash' })
  secretHash!: string;

  @Column({ ...text, name: 'created_by' })
  createdBy!: string;

  @Column({ ...stampedNow, name: 'created_at' })
  createdAt!: Date;

  @Column({ ...moment, name: 'expires_at' })
  expiresAt!: Date;

  @Column({ ...momentOrNull, name: 'used_at' })
  usedAt!: Date | null;
}
