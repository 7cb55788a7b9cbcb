import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { momentOrNull, stampedNow, text } from '../database/columns.js';
import { ServerEntity } from './server.entity.js';

@Entity('guard')
@Index('guard_server', ['serverId'])
export class GuardEntity {
  @PrimaryColumn({ ...text, primaryKeyConstraintName: 'guard_pkey' })
  id!: string;

  @Column({ ...text, name: 'server_id' })
  serverId!: string;

  @ManyToOne(() => ServerEntity)
  @JoinColumn({ name: 'server_id', foreignKeyConstraintName: 'guard_server_id_fkey' })
  server?: Relation<ServerEntity>;

  @Column({ type: 'jsonb', name: 'public_jwk' })
  publicJwk!: unknown;

  @Column({ type: 'text', array: true, default: () => "'{}'" })
  capabilities!: string[];

  @Column({ ...stampedNow, name: 'enrolled_at' })
  enrolledAt!: Date;

  @Column({ ...momentOrNull, name: 'evicted_at' })
  evictedAt!: Date | null;
}
