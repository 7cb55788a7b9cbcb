import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { momentOrNull, stampedNow, text, textOrNull } from '../database/columns.js';
import { EnvironmentEntity } from '../environments/environment.entity.js';

@Entity('policy')
export class PolicyEntity {
  @PrimaryColumn({ ...text, primaryKeyConstraintName: 'policy_pkey' })
  id!: string;

  @Column({ ...textOrNull, name: 'environment_id' })
  environmentId!: string | null;

  @ManyToOne(() => EnvironmentEntity, { nullable: true })
  @JoinColumn({ name: 'environment_id', foreignKeyConstraintName: 'policy_environment_id_fkey' })
  environment?: Relation<EnvironmentEntity> | null;

  @Column({ type: 'integer', nullable: true, name: 'live_version' })
  liveVersion!: number | null;

  @Column({ ...text, name: 'created_by' })
  createdBy!: string;

  @Column({ ...stampedNow, name: 'created_at' })
  createdAt!: Date;

  @Column({ ...momentOrNull, name: 'retired_at' })
  retiredAt!: Date | null;
}
