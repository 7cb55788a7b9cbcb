import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { moment, text } from '../database/columns.js';

@Entity('quota_budget')
@Index('quota_budget_grant', ['grantId', 'windowStart'])
@Index('quota_budget_end', ['windowEnd'])
export class QuotaBudgetEntity {
  @PrimaryColumn({ ...text, primaryKeyConstraintName: 'quota_budget_pkey' })
  bucket!: string;

  @PrimaryColumn({ ...moment, name: 'window_start', primaryKeyConstraintName: 'quota_budget_pkey' })
  windowStart!: Date;

  @Column({ ...moment, name: 'window_end' })
  windowEnd!: Date;

  @Column({ ...text, name: 'grant_id' })
  grantId!: string;

  @Column({ type: 'bigint', default: 0 })
  held!: string;

  @Column({ type: 'bigint', default: 0 })
  spent!: string;
}
