import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { moment, momentOrNull, stampedNow, text, textOrNull } from '../database/columns.js';
import { EnvironmentEntity } from './environment.entity.js';

@Entity('observation')
@Index('observation_environment', ['environmentId', 'startedAt'])
@Index('observation_one_at_a_time', ['environmentId'], { unique: true, where: 'ended_at is null' })
@Check('observation_check', `observe_until <= started_at + interval '30 days'`)
export class ObservationEntity {
  @PrimaryColumn({ ...text, primaryKeyConstraintName: 'observation_pkey' })
  id!: string;

  @Column({ ...text, name: 'environment_id' })
  environmentId!: string;

  @ManyToOne(() => EnvironmentEntity)
  @JoinColumn({ name: 'environment_id', foreignKeyConstraintName: 'observation_environment_id_fkey' })
  environment?: Relation<EnvironmentEntity>;

  @Column(text)
  reason!: string;

  @Column({ ...moment, name: 'observe_until' })
  until!: Date;

  @Column({ ...text, name: 'started_by' })
  startedBy!: string;

  @Column({ ...stampedNow, name: 'started_at' })
  startedAt!: Date;

  @Column({ ...textOrNull, name: 'ended_by' })
  endedBy!: string | null;

  @Column({ ...momentOrNull, name: 'ended_at' })
  endedAt!: Date | null;
}
