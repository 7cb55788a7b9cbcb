import { Column, Entity, JoinColumn, OneToOne, PrimaryColumn, type Relation } from 'typeorm';
import { stampedNow, text } from '../database/columns.js';
import { EnvironmentEntity } from '../environments/environment.entity.js';

/** An environment whose policies are published only after somebody else than the author has approved them. */
@Entity('policy_review')
export class PolicyReviewEntity {
  @PrimaryColumn({ ...text, name: 'environment_id', primaryKeyConstraintName: 'policy_review_pkey' })
  environmentId!: string;

  @OneToOne(() => EnvironmentEntity)
  @JoinColumn({ name: 'environment_id', foreignKeyConstraintName: 'policy_review_environment_id_fkey' })
  environment?: Relation<EnvironmentEntity>;

  @Column({ ...text, name: 'required_by' })
  requiredBy!: string;

  @Column({ ...stampedNow, name: 'required_at' })
  requiredAt!: Date;
}
