import { Column, Entity, PrimaryColumn } from 'typeorm';
import { stampedNow, text } from '../database/columns.js';

@Entity('engagement')
export class EngagementEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'engagement_pkey' })
  id!: string;

  @Column(text)
  scope!: string;

  @Column(text)
  target!: string;

  @Column({ ...text, default: '' })
  reason!: string;

  @Column({ ...text, name: 'engaged_by' })
  engagedBy!: string;

  @Column({ ...stampedNow, name: 'engaged_at' })
  engagedAt!: Date;
}
