import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { moment, text } from '../database/columns.js';
import { QuotaBudgetEntity } from './quota-budget.entity.js';

@Entity('quota_share')
export class QuotaShareEntity {
  @PrimaryColumn({ ...text, primaryKeyConstraintName: 'quota_share_pkey' })
  bucket!: string;

  @PrimaryColumn({ ...moment, name: 'window_start', primaryKeyConstraintName: 'quota_share_pkey' })
  windowStart!: Date;

  @PrimaryColumn({ ...text, name: 'guard_id', primaryKeyConstraintName: 'quota_share_pkey' })
  guardId!: string;

  @ManyToOne(() => QuotaBudgetEntity, { onDelete: 'CASCADE' })
  @JoinColumn([
    { name: 'bucket', referencedColumnName: 'bucket', foreignKeyConstraintName: 'quota_share_budget_fkey' },
    { name: 'window_start', referencedColumnName: 'windowStart', foreignKeyConstraintName: 'quota_share_budget_fkey' },
  ])
  budget?: Relation<QuotaBudgetEntity>;

  @Column({ type: 'bigint' })
  handed!: string;

  @Column({ type: 'bigint' })
  returned!: string;

  @Column({ type: 'bigint' })
  spent!: string;
}
