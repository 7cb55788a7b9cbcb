import type { PolicyTest } from '@portcullis/contracts';
import { Check, Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { momentOrNull, stampedNow, text, textOrNull } from '../database/columns.js';
import { PolicyEntity } from './policy.entity.js';

/** Written once: what was reviewed is what is published, and what was in force can be read for ever. */
@Entity('policy_version')
@Check('policy_version_number_check', 'number >= 1')
export class PolicyVersionEntity {
  @PrimaryColumn({ ...text, name: 'policy_id', primaryKeyConstraintName: 'policy_version_pkey' })
  policyId!: string;

  @ManyToOne(() => PolicyEntity)
  @JoinColumn({ name: 'policy_id', foreignKeyConstraintName: 'policy_version_policy_id_fkey' })
  policy?: Relation<PolicyEntity>;

  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'policy_version_pkey' })
  number!: number;

  @Column(text)
  name!: string;

  @Column(text)
  text!: string;

  @Column({ type: 'jsonb' })
  tests!: PolicyTest[];

  @Column(text)
  author!: string;

  @Column({ ...stampedNow, name: 'created_at' })
  createdAt!: Date;

  @Column({ type: 'integer', nullable: true })
  reverts!: number | null;

  @Column({ ...textOrNull, name: 'reviewed_by' })
  reviewedBy!: string | null;

  @Column({ ...momentOrNull, name: 'reviewed_at' })
  reviewedAt!: Date | null;

  @Column({ ...textOrNull, name: 'published_by' })
  publishedBy!: string | null;

  @Column({ ...momentOrNull, name: 'published_at' })
  publishedAt!: Date | null;
}
